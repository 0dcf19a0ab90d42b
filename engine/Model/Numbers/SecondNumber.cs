using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>
/// Finds a second number in one piece of text: written out (<c>+1 206 555 0100 or +1 206 555 0101</c>), or short behind
/// a slash or a dash (<c>+1 206 555 0148/49</c>, <c>0148-49</c>), where it would be glued to the first.
/// </summary>
internal static class SecondNumber
{
    // Most digits of an area code without its trunk prefix (Austria, Germany).
    private const int LongestAreaCode = 5;

    // Fewer digits than these are an area code rather than a number that a second one could follow.
    private const int ShortestNumber = 5;

    private static readonly ImmutableHashSet<string> Words = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "or", "and", "to", "resp", "oder", "und", "u", "bzw", "sowie", "bis", "et", "ou", "o", "e", "y", "a", "i", "of", "en", "tot", "og", "och",
        "eller", "till", "til", "tai", "ja", "lub", "oraz", "nebo", "ili", "или", "и", "або", "та", "і", "ve", "veya", "si", "sau", "vagy", "és");

    /// <summary>
    /// Whether the slashes, dots, dashes and parentheses of numbers that read as one say that they are two. A slash is
    /// an area code's, once; where countries have none it may not follow a whole number. Any of the others is a
    /// separator, unless what stands before it is a full number and all of it together is too long for one.
    /// </summary>
    /// <param name="scan">With the digits of the international form, or the country's plan in a national form that is too long.</param>
    /// <param name="scanned">How many digits the text had.</param>
    public static bool IsGlued(in PhoneScan scan, int scanned)
    {
        if (scan.NationalDigits == 0) return false;
        bool known = NumberingPlans.TryGetByCode(scan.CountryCode, out NumberingPlan? plan);
        int before = scanned - scan.NationalDigits;
        int slashes = 0;
        for (int at = 1; at < scan.NationalDigits; at++)
        {
            ulong bit = 1UL << (before + at);
            if ((scan.Slashes & bit) != 0)
            {
                if (++slashes > 1 || at > LongestAreaCode) return true;
                if (plan is { TrunkPrefixes.IsEmpty: true } && plan.Fits(at)) return true;
            }

            if (known && (scan.Breaks & bit) != 0 && scan.NationalDigits > plan?.MaxDigits && plan.Fits(at)) return true;
        }

        return false;
    }

    /// <summary>Whether a word, a sign or a line break stands between digits as it does between two numbers.</summary>
    public static bool IsWrittenOut(ReadOnlySpan<char> text)
    {
        int digits = 0;
        for (int at = 0; at < text.Length; at++)
        {
            char c = PhoneCharacters.Narrow(text[at]);
            if (char.IsAsciiDigit(c))
            {
                digits++;
                continue;
            }

            if (digits < ShortestNumber) continue;
            if (c is '+') return true;
            int length = IsJoiner(c) ? 1 : WordLength(text, at);
            if (length > 0 && BeginsNumber(text[(at + length)..])) return true;
        }

        return false;
    }

    private static bool IsJoiner(char c) =>
        c is ',' or ';' or '|' or '\\' or '&' or '~' or '、' or '،' or '؛' or '〜' or '…'
            or '\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029';

    // A word stands for itself: blanks (or a full stop) around it.
    private static int WordLength(ReadOnlySpan<char> text, int at)
    {
        if (!char.IsLetter(text[at]) || !char.IsWhiteSpace(text[at - 1])) return 0;
        int length = 1;
        while (at + length < text.Length && char.IsLetter(text[at + length])) length++;
        if (!Words.Contains(text.Slice(at, length).ToString())) return 0;
        if (at + length < text.Length && text[at + length] is '.') length++;
        return length;
    }

    private static bool BeginsNumber(ReadOnlySpan<char> text)
    {
        text = PhoneCharacters.Trim(text);
        return text is [var c, ..] && PhoneCharacters.Narrow(c) is (>= '0' and <= '9') or '+' or '(';
    }
}
