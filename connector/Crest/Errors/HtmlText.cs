using System.Buffers;
using System.Text;

namespace ProvisioningConnector.Crest.Errors;

/// <summary>Makes a message harmless in a page, as ForgeRock does with <c>message</c> (docs/openidm.md#crest-errors).</summary>
internal static class HtmlText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("&<>\"'");

    /// <summary>The text with <c>&amp;</c>, angle brackets and both quotes escaped; an apostrophe is <c>&amp;#39;</c>.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny(Special) < 0) return text;
        StringBuilder escaped = new(text.Length + 16);
        foreach (char c in text)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
