using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Graph.Credentials;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>A file that holds a secret in one line and nothing else.</summary>
internal static class SecretFile
{
    /// <param name="file">Full path.</param>
    /// <param name="problem">What is wrong with it, to be read after its name; null: nothing.</param>
    public static string Read(string file, out string? problem)
    {
        byte[] content = CredentialFile.Read(file, out problem);
        if (problem is not null) return string.Empty;
        string text = InvisibleCharacters.Trim(DecodeText(content));
        problem = text.Length == 0 ? "is empty"
            : text.AsSpan().ContainsAny('\r', '\n') ? "has more than one line"
            : text.Any(char.IsControl) ? "is not a text file"
            : InvisibleCharacters.FindExceptBlanks(text) is { } found ? $"has {found}"
            : null;
        return text;
    }

    private static string DecodeText(byte[] content)
    {
        // A byte order mark decides; editors and PowerShell write several.
        using StreamReader reader = new(new MemoryStream(content), System.Text.Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }
}
