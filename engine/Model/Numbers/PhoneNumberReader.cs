using System.Diagnostics.CodeAnalysis;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>What came of reading a number: the number, or the refusal.</summary>
public readonly record struct PhoneNumberReading
{
    private PhoneNumberReading(PhoneNumber number, PhoneRefusal? refusal) => (Number, Refusal) = (number, refusal);

    /// <summary>The number; empty when refused.</summary>
    public PhoneNumber Number { get; }

    /// <summary>Why there is no number; null on success.</summary>
    public PhoneRefusal? Refusal { get; }

    /// <summary>Whether a number was read.</summary>
    public bool Succeeded => !Number.IsEmpty;

    internal static PhoneNumberReading From(PhoneNumber number) => new(number, null);

    internal static PhoneNumberReading Refused(PhoneRefusal refusal) => new(default, refusal);

    /// <summary>The number, or the refusal that stands in its place.</summary>
    public bool TryGet(out PhoneNumber number, [NotNullWhen(false)] out PhoneRefusal? refusal)
    {
        number = Number;
        refusal = Succeeded ? null : Refusal ?? throw new InvalidOperationException("A reading that was never made.");
        return refusal is null;
    }
}

/// <summary>
/// Reads telephone numbers: strictly and with advice on the source's side, leniently on the tenant's (docs/design.md#equality-of-numbers
/// and 4.3, docs/graph.md#number-format).
/// </summary>
public static class PhoneNumberReader
{
    /// <summary>Reads what people have.</summary>
    /// <param name="text">The number in any usual spelling.</param>
    /// <param name="country">
    /// ISO 3166 alpha-2 (any case) for national numbers and international prefixes; null when unknown. It is not looked at for numbers with '+'.
    /// </param>
    public static PhoneNumberReading Read(ReadOnlySpan<char> text, string? country)
    {
        if (PlainNumberReader.TryRead(text, out PhoneNumber number) && !HasTrunk(number) && WrongLength(number) is null) return PhoneNumberReading.From(number);
        ReadOnlySpan<char> trimmed = PhoneCharacters.Trim(text);
        if (trimmed.IsEmpty) return Refuse(PhoneRefusalCode.Empty, text, country);
        if (LooksMasked(trimmed)) return Refuse(PhoneRefusalCode.Masked, text, country);
        if (InvisibleCharacters.FindExceptBlanks(trimmed) is not null) return Refuse(PhoneRefusalCode.InvisibleCharacter, text, country);

        Span<char> buffer = stackalloc char[PhoneScan.MaxDigits];
        PhoneScan scan = PhoneScanner.Scan(trimmed, buffer);
        if (SpreadsheetNumber.IsScientific(trimmed)) return Refuse(PhoneRefusalCode.ScientificNotation, text, country);
        // The tenant's reader is not asked this: a dot between digits is a separator there.
        if (SpreadsheetNumber.IsDecimal(trimmed)) return Refuse(PhoneRefusalCode.DecimalNumber, text, country);
        int scanned = scan.Count;
        PhoneRefusalCode? problem = scan.Problem is { } unclear ? Named(trimmed, unclear) : InternationalDigits.Make(ref scan, buffer, country);
        if (problem is null or PhoneRefusalCode.TooLong && SecondNumber.IsGlued(scan, scanned)) problem = PhoneRefusalCode.TwoNumbers;
        problem ??= Assemble(scan, buffer, out number);
        return problem switch
        {
            null => PhoneNumberReading.From(number),
            PhoneRefusalCode.TrunkPrefix => PhoneNumberReading.Refused(PhoneRefusals.TrunkPrefix(text, TrunkPrefixes.Find(number))),
            PhoneRefusalCode.TooShort or PhoneRefusalCode.TooLong when NumberingPlans.OnlyLengthOf(number.CountryCode) is > 0 and var only =>
                PhoneNumberReading.Refused(PhoneRefusals.WrongLength(text, number, only)),
            { } code => Refuse(code, text, country),
        };
    }

    /// <summary>
    /// Reads what Graph returned. Spelling does not matter, but digits are taken as they are: a trunk zero, with or
    /// without parentheses, stays a digit of the number. So a tenant's "+44 07940…" equals no number that a source can
    /// want, is shown as a difference and is replaced, instead of being taken for a number the service may not dial.
    /// </summary>
    /// <returns>False when it is no number; such a value equals nothing and may be replaced (docs/design.md#equality-of-numbers).</returns>
    public static bool TryReadGraph(ReadOnlySpan<char> text, out PhoneNumber number)
    {
        if (PlainNumberReader.TryRead(text, out number)) return true;
        ReadOnlySpan<char> trimmed = PhoneCharacters.Trim(text);
        if (trimmed.IsEmpty || LooksMasked(trimmed)) return false;
        Span<char> buffer = stackalloc char[PhoneScan.MaxDigits];
        PhoneScan scan = PhoneScanner.Scan(trimmed, buffer);
        return scan is { Problem: null, International: true }
            && PlainNumberReader.TryMake(buffer[..scan.Count], scan.Extension, out number);
    }

    /// <summary>
    /// Whether digits were hidden: a star, a bullet, or two crosses running (docs/design.md#complete-state). Crosses count in either case
    /// and as ×: a real number holds at most one, before its extension, so nothing real is ever taken for masked,
    /// while a masked number taken for a bad one could be overwritten.
    /// </summary>
    public static bool LooksMasked(ReadOnlySpan<char> text)
    {
        bool cross = false;
        foreach (char c in text)
        {
            if (PhoneCharacters.IsMask(c)) return true;
            bool isCross = PhoneCharacters.IsCross(c);
            if (isCross && cross) return true;
            cross = isCross;
        }

        return false;
    }

    // Two numbers fail at the first sign that no number has; what kind of sign it is says more.
    private static PhoneRefusalCode Named(ReadOnlySpan<char> text, PhoneRefusalCode problem) =>
        problem is PhoneRefusalCode.NotANumber or PhoneRefusalCode.UnsupportedParameter && SecondNumber.IsWrittenOut(text)
        ? PhoneRefusalCode.TwoNumbers : problem;

    private static bool HasTrunk(PhoneNumber number) => HasTrunkZero(number) || TrunkPrefixes.Find(number) is not null;

    private static bool HasTrunkZero(PhoneNumber number) =>
        number.National.StartsWithZero && !CountryCodes.KeepsLeadingZero(number.CountryCode);

    // Where all numbers of a country code have one length, another length is a slip of the keyboard, also behind a plus sign.
    private static PhoneRefusalCode? WrongLength(PhoneNumber number)
    {
        int only = NumberingPlans.OnlyLengthOf(number.CountryCode);
        int digits = number.National.Count;
        return only == 0 || digits == only ? null : digits < only ? PhoneRefusalCode.TooShort : PhoneRefusalCode.TooLong;
    }

    private static PhoneRefusalCode? Assemble(PhoneScan scan, ReadOnlySpan<char> digits, out PhoneNumber number)
    {
        number = default;
        if (CountryCodes.MatchLength(digits[..scan.Count]) == 0) return PhoneRefusalCode.UnknownCountryCode;
        if (scan.Count < PhoneNumber.MinDigits) return PhoneRefusalCode.TooShort;
        if (!PlainNumberReader.TryMake(digits[..scan.Count], scan.Extension, out number)) return PhoneRefusalCode.TooLong;
        if (TrunkPrefixes.Find(number) is not null) return PhoneRefusalCode.TrunkPrefix;
        return HasTrunkZero(number) ? PhoneRefusalCode.TrunkZero : WrongLength(number);
    }

    private static PhoneNumberReading Refuse(PhoneRefusalCode code, ReadOnlySpan<char> text, string? country) =>
        PhoneNumberReading.Refused(PhoneRefusals.Number(code, text, country));
}
