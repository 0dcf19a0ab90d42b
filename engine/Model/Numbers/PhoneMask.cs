using System.Globalization;

namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>
/// What may be seen of a number (docs/documents.md#masking): the country code and its last digits, one bullet for every hidden national
/// digit. Last digits are 4 where the national number has 8 or more, 2 where it has 6 or 7, else 1. Of an extension
/// nothing is seen, not even its length: <c>x•••</c>.
/// </summary>
public static class PhoneMask
{
    private const char Bullet = '•';

    /// <summary>The masked form of a number; empty text for none.</summary>
    public static string Mask(PhoneNumber number)
    {
        if (number.IsEmpty) return "";
        Span<char> national = stackalloc char[PhoneNumber.MaxDigits];
        int count = number.National.Write(national);
        national[..(count - Shown(count))].Fill(Bullet);
        return string.Create(CultureInfo.InvariantCulture, $"+{number.CountryCode} {national[..count]}{(number.HasExtension ? "x•••" : "")}");
    }

    /// <summary>How many last digits are shown of a national number that has <paramref name="count"/> digits.</summary>
    public static int Shown(int count) => count switch { >= 8 => 4, >= 6 => 2, _ => 1 };

    /// <summary>
    /// The masked form of text that is not (or not yet known to be) a number: the country code when it begins with '+'
    /// and one is found, a bullet for every hidden digit, and the last two digits; none of them when there are fewer
    /// than eight digits behind the country code. Nothing else of the text is shown.
    /// </summary>
    public static string OfText(ReadOnlySpan<char> text)
    {
        Span<char> digits = stackalloc char[PhoneNumber.MaxDigits + PhoneNumber.MaxExtensionDigits];
        int count = 0;
        bool international = false;
        foreach (char c in text)
        {
            if (c is '+' && count == 0) international = true;
            if (char.IsAsciiDigit(c) && count < digits.Length) digits[count++] = c;
        }

        int code = international ? CountryCodes.MatchLength(digits[..count]) : 0;
        Span<char> rest = digits[code..count];
        rest[..(rest.Length >= 8 ? rest.Length - 2 : rest.Length)].Fill(Bullet);
        return code > 0 ? $"+{digits[..code]} {rest}" : new string(rest);
    }
}
