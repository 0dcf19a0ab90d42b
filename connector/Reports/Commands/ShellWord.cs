namespace ProvisioningConnector.Reports.Commands;

/// <summary>Words of a command as a shell takes them: quoted where it would take them apart or replace something in them.</summary>
internal static class ShellWord
{
    private const string Plain = "-._/:=@+,%";

    public static string Quote(string word)
    {
        if (word.Length > 0 && word.All(static c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal))) return word;
        // PowerShell and cmd.exe both take double quotes; a name of a file on Windows cannot hold one.
        return OperatingSystem.IsWindows() ? $"\"{word}\"" : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
