namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>
/// Turns scanned digits into the digits of the international form, in place: strips an international or a trunk
/// prefix, drops "(0)", puts the country code in front. Where the right rule is uncertain it refuses.
/// </summary>
internal static class InternationalDigits
{
    /// <summary>Null when <paramref name="digits"/> now hold country code and national number.</summary>
    public static PhoneRefusalCode? Make(ref PhoneScan scan, Span<char> digits, string? country)
    {
        if (scan.International) return DropLoneZero(ref scan, digits, 0);
        if (string.IsNullOrWhiteSpace(country)) return PhoneRefusalCode.NoCountry;
        if (!NumberingPlans.TryGet(country, out NumberingPlan? plan)) return PhoneRefusalCode.UnknownCountry;
        if (plan.InternationalPrefix is { } prefix && digits[..scan.Count].StartsWith(prefix))
            return DropLoneZero(ref scan, digits, prefix.Length);
        if (IsForeignFromNorthAmerica(digits[..scan.Count], plan)) return DropLoneZero(ref scan, digits, 2);
        return FromNational(ref scan, digits, plan);
    }

    // No one in North America dials 00, and no number there begins with 0: it is the prefix that the rest of the world
    // writes. A whole national number behind it may be one that was padded with zeros, so that stays uncertain.
    private static bool IsForeignFromNorthAmerica(ReadOnlySpan<char> digits, NumberingPlan plan) =>
        plan.CallingCode == 1 && digits.StartsWith("00") && !plan.Fits(digits.Length - 2);

    // "+44 (0)20": the zero is dialled at home only. Where zeros belong to the number, "(0)" says nothing clear.
    private static PhoneRefusalCode? DropLoneZero(ref PhoneScan scan, Span<char> digits, int prefix)
    {
        Cut(ref scan, digits, 0, prefix);
        int code = CountryCodes.MatchLength(digits[..scan.Count]);
        if (code == 0) return null;
        scan.CountryCode = Value(digits[..code]);
        if (scan.LoneZeroAt == prefix + code)
        {
            if (CountryCodes.KeepsLeadingZero(scan.CountryCode)) return PhoneRefusalCode.TrunkZero;
            Cut(ref scan, digits, code, 1);
        }

        scan.NationalDigits = scan.Count - code;
        return null;
    }

    private static PhoneRefusalCode? FromNational(ref PhoneScan scan, Span<char> digits, NumberingPlan plan)
    {
        Span<char> national = digits[..scan.Count];
        // "00" that is not this country's prefix: someone meant a foreign number, or a carrier stands in between.
        if (!plan.NationalFormIsCertain || national.StartsWith("00")) return PhoneRefusalCode.NationalFormUncertain;
        int trunk = TrunkLength(national, plan);
        int length = scan.Count - trunk;
        (scan.CountryCode, scan.NationalDigits) = (plan.CallingCode, length);
        if (trunk == 0 && MayHaveLostItsPlus(national, plan)) return PhoneRefusalCode.PlusSignLost;
        if (length < plan.MinDigits) return PhoneRefusalCode.TooShort;
        if (length > plan.MaxDigits) return PhoneRefusalCode.TooLong;
        if (trunk == 0 && !plan.TrunkPrefixIsOptional) return PhoneRefusalCode.TrunkPrefixMissing;
        if (national[trunk] == '0' && !CountryCodes.KeepsLeadingZero(plan.CallingCode)) return PhoneRefusalCode.TrunkZero;
        if (!plan.MayBeginWith(national[trunk])) return PhoneRefusalCode.TrunkPrefixMissing;
        Cut(ref scan, digits, 0, trunk);
        PutInFront(ref scan, digits, plan.CallingCode);
        return null;
    }

    // "39 051 123456" in Italy: digits that begin with the country's own code and hold a full number behind it, perhaps
    // with its trunk zero. Whether they are a full national number as well does not matter: one of the two is wrong.
    private static bool MayHaveLostItsPlus(ReadOnlySpan<char> national, NumberingPlan plan)
    {
        int code = CountryCodes.MatchLength(national);
        if (code == 0 || Value(national[..code]) != plan.CallingCode) return false;
        ReadOnlySpan<char> rest = national[code..];
        return plan.IsFull(rest) || (rest is ['0', ..] && !CountryCodes.KeepsLeadingZero(plan.CallingCode) && plan.IsFull(rest[1..]));
    }

    // A trunk prefix other than 0 may also be how a full number begins (Russia's 8 800 …): the length shows.
    private static int TrunkLength(ReadOnlySpan<char> digits, NumberingPlan plan)
    {
        foreach (string prefix in plan.TrunkPrefixes)
        {
            if (digits.StartsWith(prefix) && (prefix[0] == '0' || plan.Fits(digits.Length - prefix.Length))) return prefix.Length;
        }

        return 0;
    }

    private static void PutInFront(ref PhoneScan scan, Span<char> digits, int code)
    {
        int width = code switch { < 10 => 1, < 100 => 2, _ => 3 };
        digits[..scan.Count].CopyTo(digits[width..]);
        for (int at = width - 1; at >= 0; at--, code /= 10) digits[at] = (char)('0' + (code % 10));
        scan.Count += width;
    }

    private static void Cut(ref PhoneScan scan, Span<char> digits, int at, int count)
    {
        digits[(at + count)..scan.Count].CopyTo(digits[at..]);
        scan.Count -= count;
    }

    private static int Value(ReadOnlySpan<char> digits)
    {
        int value = 0;
        foreach (char digit in digits) value = (value * 10) + digit - '0';
        return value;
    }
}
