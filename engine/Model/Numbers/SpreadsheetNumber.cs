using System.Buffers;

namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>
/// Recognises the traces of a spreadsheet, a database or a script that kept a telephone number as a quantity: a decimal
/// mark with nothing but zeros behind it, and scientific notation.
/// </summary>
internal static class SpreadsheetNumber
{
    private static readonly SearchValues<char> DecimalMarks = SearchValues.Create(".,٫．，");

    private static readonly SearchValues<char> Raised = SearchValues.Create("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻");

    /// <summary>
    /// Whether the digits end in a decimal mark and zeros alone: <c>1711234567.0</c>, <c>1711234567,00</c>,
    /// <c>4,917,112,345,670.0</c>. The mark is the only one of its kind: <c>+1.206.555.0000</c> is written with dots.
    /// What follows the digits, such as an extension, is not looked at.
    /// </summary>
    public static bool IsDecimal(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny(DecimalMarks)) return false;
        (char mark, int times, int digits, int zeros) = ('\0', 0, 0, 0);
        bool onlyZeros = true;
        Span<int> seen = stackalloc int[3];
        foreach (char raw in text)
        {
            char c = PhoneCharacters.Narrow(raw);
            if (char.IsAsciiDigit(c))
            {
                digits++;
                zeros++;
                onlyZeros &= c == '0';
            }
            else if (IsDecimalMark(c))
            {
                if (digits == 0) return false;
                (mark, zeros, onlyZeros) = (c, 0, true);
                times = ++seen[c switch { '.' => 0, ',' => 1, _ => 2 }];
            }
            else if (digits > 0 && !PhoneCharacters.IsSeparator(c) && c is not ('(' or ')' or '\''))
            {
                break;
            }
        }

        return mark != '\0' && times == 1 && zeros > 0 && onlyZeros;
    }

    /// <summary>
    /// Whether all of the text is one number in scientific notation: <c>4,91711E+11</c>, <c>1.20656e+010</c>,
    /// <c>4.9E11</c>, <c>4.9×10^11</c>.
    /// </summary>
    public static bool IsScientific(ReadOnlySpan<char> text)
    {
        text = text is ['\'', ..] ? text[1..] : text;
        if (text is [var sign, ..] && (PhoneCharacters.Narrow(sign) is '+' || PhoneCharacters.IsDash(PhoneCharacters.Narrow(sign)))) text = text[1..];
        if (!SkipDigits(ref text)) return false;
        if (text is [var mark, ..] && IsDecimalMark(PhoneCharacters.Narrow(mark)))
        {
            text = text[1..];
            SkipDigits(ref text);
        }

        text = PhoneCharacters.Trim(text);
        if (text.IsEmpty) return false;
        char c = PhoneCharacters.Narrow(text[0]);
        text = PhoneCharacters.Trim(text[1..]);
        if (c is 'e' or 'E') return IsExponent(text);
        if (!(PhoneCharacters.IsCross(c) || c is '·' or '⋅') || !text.StartsWith("10")) return false;
        text = PhoneCharacters.Trim(text["10".Length..]);
        return text is ['^', ..] ? IsExponent(PhoneCharacters.Trim(text[1..])) : !text.IsEmpty && !text.ContainsAnyExcept(Raised);
    }

    private static bool IsExponent(ReadOnlySpan<char> text)
    {
        if (text is [var sign, ..] && (PhoneCharacters.Narrow(sign) is '+' || PhoneCharacters.IsDash(PhoneCharacters.Narrow(sign)))) text = text[1..];
        return SkipDigits(ref text) && text.IsEmpty;
    }

    private static bool SkipDigits(ref ReadOnlySpan<char> text)
    {
        int length = text.Length;
        while (text is [var c, ..] && char.IsAsciiDigit(PhoneCharacters.Narrow(c))) text = text[1..];
        return text.Length < length;
    }

    // The Arabic mark is U+066B.
    private static bool IsDecimalMark(char c) => c is '.' or ',' or '٫';
}
