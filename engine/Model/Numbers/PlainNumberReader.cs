namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>
/// The quick way for what nearly every number is: '+', digits with single blanks, at most an x and an extension, all
/// ASCII. It refuses nothing by itself: what it does not know goes the long way.
/// </summary>
internal static class PlainNumberReader
{
    /// <summary>Reads the number as its digits say; a trunk zero is the caller's business.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out PhoneNumber number)
    {
        number = default;
        if (text.Length < 1 + PhoneNumber.MinDigits || text[0] != '+') return false;
        Span<char> digits = stackalloc char[PhoneNumber.MaxDigits];
        int count = 0;
        int at = 1;
        for (; at < text.Length; at++)
        {
            char c = text[at];
            if (char.IsAsciiDigit(c))
            {
                if (count == digits.Length) return false;
                digits[count++] = c;
            }
            else if (c != ' ')
            {
                break;
            }
        }

        ReadOnlySpan<char> extension = ReadOnlySpan<char>.Empty;
        if (at < text.Length)
        {
            extension = text[(at + 1)..];
            if (text[at] is not 'x' || extension.Length is 0 or > PhoneNumber.MaxExtensionDigits || !AreDigits(extension)) return false;
        }

        return TryMake(digits[..count], PackedDigits.Pack(extension), out number);
    }

    private static bool AreDigits(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c)) return false;
        }

        return true;
    }

    /// <summary>A number of these international digits; false when they are too few, too many, or begin with no country code.</summary>
    public static bool TryMake(ReadOnlySpan<char> digits, PackedDigits extension, out PhoneNumber number)
    {
        number = default;
        if (digits.Length is < PhoneNumber.MinDigits or > PhoneNumber.MaxDigits) return false;
        int length = CountryCodes.MatchLength(digits);
        if (length == 0) return false;
        int code = 0;
        foreach (char digit in digits[..length]) code = (code * 10) + digit - '0';
        number = new PhoneNumber(code, PackedDigits.Pack(digits[length..]), extension);
        return true;
    }
}
