using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>A number or entry that was not accepted.</summary>
/// <param name="Code">Why, for machines.</param>
/// <param name="Message">What is wrong and what to do, for people; shows of the number no more than <see cref="PhoneMask.OfText"/>.</param>
public sealed record PhoneRefusal(PhoneRefusalCode Code, string Message)
{
    /// <summary>The first half of <see cref="Message"/>: what is wrong.</summary>
    public string Problem { get; init; } = Message;

    /// <summary>The second half of <see cref="Message"/>: what to do.</summary>
    public string Advice { get; init; } = "";

    internal static PhoneRefusal Create(PhoneRefusalCode code, string problem, string advice) =>
        new(code, $"{problem} {advice}") { Problem = problem, Advice = advice };
}

/// <summary>Why a number or an entry was refused. The names are stable: documents may carry them.</summary>
public enum PhoneRefusalCode
{
    /// <summary>There is no number.</summary>
    Empty,

    /// <summary>Something stands in it that no telephone number has.</summary>
    NotANumber,

    /// <summary>Two numbers in one place, written out or short (0148/49).</summary>
    TwoNumbers,

    /// <summary>A decimal mark and zeros stand behind the digits: it was kept as a decimal number.</summary>
    DecimalNumber,

    /// <summary>A spreadsheet's scientific notation, in which digits are lost.</summary>
    ScientificNotation,

    /// <summary>Digits of another script than 0 to 9.</summary>
    ForeignDigits,

    /// <summary>Digits are hidden behind mask characters.</summary>
    Masked,

    /// <summary>A character that cannot be seen stands inside it.</summary>
    InvisibleCharacter,

    /// <summary>Parentheses do not pair.</summary>
    UnbalancedParentheses,

    /// <summary>A national number, or an international prefix instead of '+', and no country is known.</summary>
    NoCountry,

    /// <summary>The country is not an ISO 3166 code with a numbering plan.</summary>
    UnknownCountry,

    /// <summary>No country code of the E.164 list begins the number.</summary>
    UnknownCountryCode,

    /// <summary>A trunk zero after the country code.</summary>
    TrunkZero,

    /// <summary>Digits that begin with the country's own code, so that they may be an international number without its '+'.</summary>
    PlusSignLost,

    /// <summary>A trunk prefix other than a lone 0 after the country code (8, 80, 1, 06, Argentina's 15, …).</summary>
    TrunkPrefix,

    /// <summary>A national number that does not begin with the country's trunk prefix, so that an area code may be missing.</summary>
    TrunkPrefixMissing,

    /// <summary>The country's national form does not determine the international one; only '+' is read.</summary>
    NationalFormUncertain,

    /// <summary>Fewer digits than a number has.</summary>
    TooShort,

    /// <summary>More digits than a number has.</summary>
    TooLong,

    /// <summary>The extension is not 1 to 10 digits.</summary>
    BadExtension,

    /// <summary>A parameter of a tel: URI other than ext.</summary>
    UnsupportedParameter,

    /// <summary>An entry without its type.</summary>
    MissingType,

    /// <summary>An entry whose type is none of the three.</summary>
    UnknownType,

    /// <summary>An extension on another type than office.</summary>
    ExtensionNotOnOffice,
}

/// <summary>The words of every refusal. A number is shown as <see cref="PhoneMask.OfText"/> shows it and not otherwise.</summary>
internal static class PhoneRefusals
{
    public static PhoneRefusal Number(PhoneRefusalCode code, ReadOnlySpan<char> text, string? country)
    {
        string shown = Shown(text);
        string where = Country(country);
        (string? problem, string? advice) = code switch
        {
            PhoneRefusalCode.Empty =>
                ("There is no number.", "Write one such as +1 2065550100, or leave the entry out."),
            PhoneRefusalCode.NotANumber =>
                ($"{shown} is not a telephone number: it has characters that no number has.",
                    "Write it with digits only, such as +1 2065550100 or +1 2065550100x123."),
            PhoneRefusalCode.TwoNumbers =>
                ($"{shown} holds two numbers, or a number and a range or extension.",
                    "Keep one number here; write an extension after an x, such as x123."),
            PhoneRefusalCode.DecimalNumber =>
                ($"{shown} has a decimal point or comma followed by zeros only: it was converted to a decimal number.",
                    "Export the column as text. If the zeros belong to the number, write it without that point."),
            PhoneRefusalCode.ScientificNotation =>
                ("The text is a number in a spreadsheet's scientific notation, and some digits are lost.",
                    "Export the column as text again, from a source that has all digits."),
            PhoneRefusalCode.ForeignDigits =>
                ($"{shown} has digits of another script.", "Write it with the digits 0 to 9."),
            PhoneRefusalCode.Masked =>
                ($"{shown} is masked: some digits are hidden behind stars, bullets or crosses.", "Export the list with full numbers."),
            PhoneRefusalCode.InvisibleCharacter =>
                ($"{shown} has {InvisibleCharacters.FindExceptBlanks(text)}.", "Remove it, or type the number again instead of pasting it."),
            PhoneRefusalCode.UnbalancedParentheses =>
                ($"{shown} has parentheses that do not pair.", "Remove them, or write them in pairs around the area code."),
            PhoneRefusalCode.NoCountry =>
                ($"{shown} is not in international form and no country is known.",
                    "Begin it with + and the country code, give the row a country, or set the tenant's DefaultCountry."),
            PhoneRefusalCode.UnknownCountry =>
                ($"There is no numbering plan for {where}.",
                    "Use ISO 3166 codes of two letters such as US or DE, or write the number with + and its country code."),
            PhoneRefusalCode.UnknownCountryCode =>
                ($"{shown} does not begin with a country code that is in use.", "Write + and then the country code, such as +1 or +44, without 00 in between."),
            PhoneRefusalCode.TrunkZero =>
                ($"{shown} has a 0 before the national number; that 0 is dialled inside the country only.",
                    "Leave that 0 out: +44 20…, not +44 020… (numbers of Italy keep their 0, without parentheses)."),
            PhoneRefusalCode.PlusSignLost =>
                ($"{shown} begins with the country code of {where} without a + before it, so it may be an international number that lost its plus sign.",
                    "Write it with + and the country code, and export the column as text."),
            PhoneRefusalCode.TrunkPrefix =>
                ($"{shown} has a trunk prefix after the country code; it is dialled inside the country only.",
                    "Leave the trunk prefix out: +370 611…, not +370 8 611…."),
            PhoneRefusalCode.TrunkPrefixMissing =>
                ($"{shown} does not begin as national numbers of {where} do, so its area code may be missing.",
                    "Write the area code with its 0, or + and the country code."),
            PhoneRefusalCode.NationalFormUncertain =>
                ($"{shown} is not in international form, and its meaning in {where} is ambiguous.", "Write it with + and the country code."),
            PhoneRefusalCode.TooShort =>
                ($"{shown} has too few digits.", "Write the whole number with its area code; at least 7 digits with the country code."),
            PhoneRefusalCode.TooLong =>
                ($"{shown} has too many digits.", "A number has at most 15 digits with the country code; write an extension after an x, such as x123."),
            PhoneRefusalCode.BadExtension =>
                ($"{shown} has an extension that is not 1 to 10 digits.", "Write it after an x, digits only, such as x123."),
            PhoneRefusalCode.UnsupportedParameter =>
                ($"{shown} has a parameter that is not ext.",
                    "Of the parameters of tel: only ;ext= is read; leave out the others and write the number with + and its country code."),
            PhoneRefusalCode.MissingType => ($"{shown} has no type.", TypeAdvice),
            PhoneRefusalCode.UnknownType => ($"{shown} has a type that is not known.", TypeAdvice),
            PhoneRefusalCode.ExtensionNotOnOffice =>
                ($"{shown} has an extension, which only an office phone can have.", "Remove the extension, or make the type office."),
        };
        return PhoneRefusal.Create(code, problem, advice);
    }

    /// <summary>The refusal that names the prefix.</summary>
    public static PhoneRefusal TrunkPrefix(ReadOnlySpan<char> text, string? prefix)
    {
        PhoneRefusal general = Number(PhoneRefusalCode.TrunkPrefix, text, null);
        return prefix is null ? general : PhoneRefusal.Create(
            PhoneRefusalCode.TrunkPrefix,
            $"{Shown(text)} has the trunk prefix {prefix}, which is dialled inside the country only.",
            prefix is "15" ? "Leave 15 out, and write 9 behind +54 if it is a mobile: +54 9 11…."
                : $"Leave that {prefix} out, so that the area code follows the country code.");
    }

    /// <summary>Of a country code whose numbers all have one length.</summary>
    /// <param name="text">As written.</param>
    /// <param name="number">As read.</param>
    /// <param name="only">Digits behind the country code that all its numbers have.</param>
    public static PhoneRefusal WrongLength(ReadOnlySpan<char> text, PhoneNumber number, int only) => PhoneRefusal.Create(
        number.National.Count < only ? PhoneRefusalCode.TooShort : PhoneRefusalCode.TooLong,
        $"{Shown(text)} has {number.National.Count} digits after the country code, and numbers of +{number.CountryCode} have {only}.",
        "Check it with the person, and write the whole number.");

    public static PhoneRefusal MissingType(ReadOnlySpan<char> entry) => Number(PhoneRefusalCode.MissingType, entry, null);

    public static PhoneRefusal UnknownType(ReadOnlySpan<char> type)
    {
        if (InvisibleCharacters.Find(type) is { } sign) return PhoneRefusal.Create(PhoneRefusalCode.InvisibleCharacter, $"The phone type has {sign}.",
            TypeAdvice);
        string named = IsWord(type) ? $"'{type}'" : "The text after the last colon";
        string meant = PhoneTypes.Nearest(type) is { } nearest ? $" Did you mean {nearest}?" : "";
        return PhoneRefusal.Create(PhoneRefusalCode.UnknownType, $"{named} is not a phone type.{meant}", TypeAdvice);
    }

    public static PhoneRefusal Swapped(ReadOnlySpan<char> type) =>
        PhoneRefusal.Create(PhoneRefusalCode.UnknownType, $"The type '{type}' stands before the number.", TypeAdvice);

    public static PhoneRefusal ExtensionNotOnOffice(PhoneNumber number, PhoneType type) =>
        PhoneRefusal.Create(
            PhoneRefusalCode.ExtensionNotOnOffice,
            $"'{number.Masked()}' has an extension, and the type {PhoneTypes.Name(type)} cannot have one.",
            "Remove the extension, or make the type office.");

    private const string TypeAdvice = "Write number:type, where type is mobile, alternateMobile or office.";

    private static string Shown(ReadOnlySpan<char> text) => PhoneMask.OfText(text) is { Length: > 0 } masked ? $"'{masked}'" : "The text";

    // Cells hold anything: only a short word without digits is repeated.
    private static string Country(string? country) => country is not null && IsWord(country) ? $"'{country.Trim()}'" : "the country";

    private static bool IsWord(ReadOnlySpan<char> text)
    {
        if (text.Trim().Length is 0 or > 24) return false;
        foreach (char c in text)
        {
            if (!char.IsLetter(c) && c is not (' ' or '_' or '-')) return false;
        }

        return true;
    }
}
