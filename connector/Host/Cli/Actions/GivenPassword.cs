using System.Text;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Host.Cli.Actions;

/// <summary>A password that someone chose: from a file, or typed without being shown. Never an argument, which others on the machine can see.</summary>
internal sealed class GivenPassword(Terminal terminal)
{
    /// <param name="file">The file; <c>-</c> for standard input.</param>
    /// <exception cref="ProvisioningException">It cannot be read, or holds no password.</exception>
    public Secret OfFile(string file)
    {
        string text;
        try
        {
            using Stream stream = file == "-" ? terminal.StandardInput() : File.OpenRead(file);
            using StreamReader reader = new(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
            text = reader.ReadToEnd();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new ProvisioningException("passwordFile", $"The password file '{file}' cannot be read: {exception.Message}",
                "Give a file in UTF-8 that holds the password and nothing else.");
        }

        return Checked(text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text, $"The password file '{file}'");
    }

    /// <exception cref="ProvisioningException">No one can be asked, or the two differ.</exception>
    public Secret Typed()
    {
        if (!terminal.InputIsTerminal) throw new ProvisioningException("passwordNeeded",
            "This needs a password, but there is no terminal.", "Use --password-file FILE ('-' for standard input), or leave both out to have one made.");
        string first = terminal.AskHidden("New password: ") ?? string.Empty;
        string second = terminal.AskHidden("Once more: ") ?? string.Empty;
        return string.Equals(first, second, StringComparison.Ordinal)
            ? Checked(first, "What was typed")
            : throw new ProvisioningException("passwordsDiffer", "The two passwords differ. Nothing was written.", "Run it again.");
    }

    private static Secret Checked(string text, string what)
    {
        if (text.Length == 0) throw new ProvisioningException("passwordEmpty", $"{what} holds no password.");
        return PasswordPolicy.Fits(text) ? Secret.From(text) : throw new ProvisioningException("passwordUnfit",
            $"{what} must be one line of at most {PasswordPolicy.Longest} characters.", "Put the password and nothing else there.");
    }
}
