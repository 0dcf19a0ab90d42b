using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Graph.Answers;

/// <summary>The title of an HTML page that came instead of an answer: it names the gateway or proxy
/// that wrote it. What is quoted is one short line without markup, masked.</summary>
internal static partial class PageTitle
{
    private const int Searched = 64 * 1024;
    private const int Longest = 80;
    private const string Begin = "<title";
    private const string End = "</title";

    /// <summary>Null when the body has no title that says anything.</summary>
    public static string? Find(ReadOnlySpan<byte> body)
    {
        string page = Decode(body.Length > Searched ? body[..Searched] : body);
        int at = page.IndexOf(Begin, StringComparison.OrdinalIgnoreCase);
        int from = at < 0 ? -1 : page.IndexOf('>', at + Begin.Length);
        if (from < 0) return null;
        int to = page.IndexOf(End, from, StringComparison.OrdinalIgnoreCase);
        if (to < 0) to = page.IndexOf('<', from);
        string title = Quote(to < 0 ? page[(from + 1)..] : page[(from + 1)..to]);
        return title.Length == 0 ? null : title;
    }

    /// <summary>A text of another program as it may stand in a message.</summary>
    private static string Quote(string text)
    {
        string decoded = WebUtility.HtmlDecode(text.Length > 8 * Longest ? text[..(8 * Longest)] : text);
        // Invisible characters would hide a number from the mask, or reorder what stands behind.
        decoded = Invisible().Replace(InvisibleCharacters.Escape(decoded), " ");
        StringBuilder plain = new();
        foreach (char c in decoded)
        {
            // No markup for any output, be it a terminal, Markdown or HTML.
            plain.Append(c switch { '"' or '`' => '\'', '<' or '>' or '[' or ']' or '|' or '\\' => ' ', _ => c });
        }

        string line = QuotedText.Quote(plain.ToString());
        return line.Length <= Longest ? line : line[..Longest].TrimEnd() + "…";
    }

    [GeneratedRegex(@"\\u\{[0-9a-f]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Invisible();

    private static string Decode(ReadOnlySpan<byte> body) =>
        body.StartsWith<byte>([0xFF, 0xFE]) ? Encoding.Unicode.GetString(body)
        : body.StartsWith<byte>([0xFE, 0xFF]) ? Encoding.BigEndianUnicode.GetString(body)
        : Encoding.UTF8.GetString(body);
}
