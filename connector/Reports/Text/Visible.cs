using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Reports.Text;

/// <summary>
/// Makes text from outside harmless where it is shown: control characters (terminal sequences, line breaks), characters
/// that turn the direction of text, invisible ones and broken surrogates become <c>\u{1b}</c>. Nothing is silently dropped.
/// </summary>
public static class Visible
{
    public static string Escape(string? text) => text is null ? "" : InvisibleCharacters.Escape(text);

    /// <summary>The same for text whose line breaks are this program's own.</summary>
    public static string OfLines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join(Environment.NewLine, text.ReplaceLineEndings("\n").Split('\n').Select(Escape));
    }
}
