namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>What <see cref="PhoneScanner"/> found: the shape of the text, not yet a number. The digits are in the caller's buffer.</summary>
internal struct PhoneScan
{
    /// <summary>Room for an international prefix, fifteen digits, a trunk prefix and some to count.</summary>
    public const int MaxDigits = 32;

    /// <summary>How many digits were found.</summary>
    public int Count;

    /// <summary>Whether '+' came before them.</summary>
    public bool International;

    /// <summary>The place of a digit 0 that stands alone in parentheses, "(0)"; -1 without one.</summary>
    public int LoneZeroAt;

    /// <summary>Where slashes stand: bit n for one behind n digits.</summary>
    public ulong Slashes;

    /// <summary>Where dashes, dots and opening parentheses stand, in the same way.</summary>
    public ulong Breaks;

    /// <summary>The country code, once it is known; 0 before.</summary>
    public int CountryCode;

    /// <summary>How many of the digits are the national number, once that is known; 0 before.</summary>
    public int NationalDigits;

    /// <summary>The extension, if any.</summary>
    public PackedDigits Extension;

    /// <summary>What is wrong; null when nothing is.</summary>
    public PhoneRefusalCode? Problem;
}

/// <summary>
/// Finds the digits, the '+', a "(0)" and the extension in a piece of text. It knows what a telephone number looks
/// like but nothing of countries.
/// </summary>
internal static class PhoneScanner
{
    private const int None = -1;

    /// <summary>Scans text that is already trimmed; <paramref name="digits"/> has room for <see cref="PhoneScan.MaxDigits"/>.</summary>
    public static PhoneScan Scan(ReadOnlySpan<char> text, Span<char> digits)
    {
        PhoneScan scan = new PhoneScan { LoneZeroAt = None };
        if (text is ['\'', ..]) text = text[1..]; // Excel's mark of a text cell
        if (text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)) text = PhoneCharacters.Trim(text["tel:".Length..]);

        int openAt = None; // how many digits came before the open parenthesis
        bool dangling = false;
        for (int at = 0; at < text.Length; at++)
        {
            char c = PhoneCharacters.Narrow(text[at]);
            if (char.IsAsciiDigit(c))
            {
                if (scan.Count == digits.Length) return Fail(scan, PhoneRefusalCode.TooLong);
                digits[scan.Count++] = c;
                dangling = false;
            }
            else if (c is '+')
            {
                if (scan.Count > 0 || scan.International) return Fail(scan, PhoneRefusalCode.NotANumber);
                scan.International = true;
            }
            else if (c is '(')
            {
                if (openAt != None) return Fail(scan, PhoneRefusalCode.UnbalancedParentheses);
                openAt = scan.Count;
                scan.Breaks |= 1UL << scan.Count;
            }
            else if (c is ')')
            {
                if (openAt == None) return Fail(scan, PhoneRefusalCode.UnbalancedParentheses);
                if (scan.Count == openAt) return Fail(scan, PhoneRefusalCode.NotANumber);
                if (scan.Count == openAt + 1 && digits[openAt] == '0' && scan.LoneZeroAt == None) scan.LoneZeroAt = openAt;
                openAt = None;
            }
            else if (PhoneCharacters.IsSeparator(c))
            {
                bool blank = PhoneCharacters.IsBlank(c) || PhoneCharacters.IsInvisible(c);
                if (!blank && scan.Count == 0) return Fail(scan, PhoneRefusalCode.NotANumber);
                dangling |= PhoneCharacters.IsDash(c) || c is '/';
                if (c is '/') scan.Slashes |= 1UL << scan.Count;
                else if (!blank) scan.Breaks |= 1UL << scan.Count;
            }
            else
            {
                if (scan.Count > 0 && ExtensionScanner.TryScan(text[at..], out scan.Extension, out scan.Problem)) break;
                scan.Problem ??= char.IsDigit(c) ? PhoneRefusalCode.ForeignDigits : PhoneRefusalCode.NotANumber;
                return scan;
            }
        }

        if (openAt != None) return Fail(scan, PhoneRefusalCode.UnbalancedParentheses);
        if (scan.Count == 0 || (dangling && scan.Extension.Count == 0)) return Fail(scan, PhoneRefusalCode.NotANumber);
        return scan;
    }

    private static PhoneScan Fail(PhoneScan scan, PhoneRefusalCode problem)
    {
        scan.Problem = problem;
        return scan;
    }
}
