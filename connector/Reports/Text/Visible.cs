using System.Globalization;
using System.Text;

namespace ProvisioningConnector.Reports.Text;

/// <summary>
/// Makes text from outside harmless where it is shown: control characters (terminal sequences, line breaks), characters
/// that turn the direction of text, invisible ones and broken surrogates become <c>\u{1b}</c>. Nothing is silently dropped.
/// </summary>
public static class Visible
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (IsHarmless(text)) return text;
        StringBuilder visible = new(text.Length + 16);
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            bool whole = Rune.DecodeFromUtf16(rest, out Rune rune, out int length) == System.Buffers.OperationStatus.Done;
            if (!whole) visible.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)rest[0]:x}}}");
            else if (IsHarmful(rune)) visible.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else visible.Append(rest[..length]);
            rest = rest[length..];
        }

        return visible.ToString();
    }

    private static bool IsHarmless(string text)
    {
        foreach (char c in text)
        {
            if (c is < ' ' or > '~') return false;
        }

        return true;
    }

    // The two joiners belong to the spelling of names in Persian and Indic scripts and to emoji.
    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
        UnicodeCategory.Format => rune.Value is not (ZeroWidthNonJoiner or ZeroWidthJoiner),
        _ => false,
    };
}
