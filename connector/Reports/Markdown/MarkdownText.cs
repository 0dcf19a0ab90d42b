using System.Text;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Reports.Markdown;

/// <summary>Puts text from outside into Markdown so that it stays text: no markup, link, mention, image or HTML comes of it.</summary>
internal static class MarkdownText
{
    private const string Marks = "\\*_[]<>~|&$";
    private const string MarksAtStart = "-+=";

    /// <summary>
    /// Running text, not at the start of a line. Marks are escaped, addresses broken so that they become no links; <c>@</c> and
    /// <c>#</c> stand alone in an element, so that hosts make no mention or reference of them.
    /// </summary>
    public static string Prose(string? text)
    {
        string visible = Visible.Escape(text);
        StringBuilder prose = new(visible.Length + 16);
        for (int i = 0; i < visible.Length; i++)
        {
            char c = visible[i];
            if (c is '@' or '#') prose.Append("<span>").Append(c).Append("</span>");
            else if (c == '`') prose.Append("&#96;"); // never a fence, not even for readers that take escapes lightly
            else if (Marks.Contains(c) || (i == 0 && MarksAtStart.Contains(c)) || BeginsLink(visible, i)) prose.Append('\\').Append(c);
            else prose.Append(c);
        }

        return prose.ToString();
    }

    // What Markdown makes links of without being asked: scheme:// and www.
    private static bool BeginsLink(string text, int at) =>
        (text[at] == ':' && text.AsSpan(at).StartsWith("://", StringComparison.Ordinal))
        || (text[at] == '.' && text.AsSpan(0, at).EndsWith("www", StringComparison.OrdinalIgnoreCase));

    /// <summary>A line of code of its own, which hosts show with a button that copies it.</summary>
    public static string Block(string line)
    {
        string inner = Visible.Escape(line);
        string fence = new('`', Math.Max(3, LongestFence(inner) + 1));
        return $"{fence}sh\n{inner}\n{fence}\n\n";
    }

    /// <summary>A code span: hosts make nothing of what is in it.</summary>
    public static string Code(string? text)
    {
        string inner = Visible.Escape(text);
        if (inner.Length == 0) return "";
        int longest = LongestFence(inner);
        string fence = new('`', longest + 1);
        string pad = longest > 0 || inner[0] == ' ' || inner[^1] == ' ' ? " " : "";
        return $"{fence}{pad}{inner}{pad}{fence}";
    }

    private static int LongestFence(string text)
    {
        int longest = 0;
        int run = 0;
        foreach (char c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
