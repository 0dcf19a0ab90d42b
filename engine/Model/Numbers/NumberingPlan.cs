using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>How a country writes its numbers at home.</summary>
/// <param name="Country">ISO 3166 alpha-2, upper case.</param>
/// <param name="CallingCode">Its E.164 country code, perhaps shared.</param>
/// <param name="InternationalPrefix">What is dialled there instead of '+'; null when it depends on the carrier, so that only '+' is read.</param>
/// <param name="TrunkPrefixes">What stands before a national number at home and nowhere else; empty when nothing does.</param>
/// <param name="MinDigits">Fewest digits of a full national number (fixed or mobile) without trunk prefix.</param>
/// <param name="MaxDigits">Most digits of it; 0 when the national form does not determine the international one.</param>
public sealed record NumberingPlan(
    string Country,
    int CallingCode,
    string? InternationalPrefix,
    ImmutableArray<string> TrunkPrefixes,
    int MinDigits,
    int MaxDigits)
{
    // No country has local numbers (those without area code) of more than eight digits, Brazil's nine excepted, where
    // full ones have ten and more.
    private const int LongestLocalNumber = 8;

    /// <summary>The digits a full national number may begin with; empty when that is not restricted here.</summary>
    public string FirstDigits { get; init; } = "";

    /// <summary>First digits behind which a full number has other lengths than <see cref="MinDigits"/> to <see cref="MaxDigits"/>.</summary>
    internal ImmutableArray<(char First, int Min, int Max)> Narrower { get; init; } = [];

    /// <summary>Whether every local number of this country is known to be shorter than every full one.</summary>
    public bool LocalNumbersAreShorter { get; init; }

    /// <summary>Whether national numbers of this country can be read at all.</summary>
    public bool NationalFormIsCertain => MaxDigits > 0;

    /// <summary>
    /// Whether the trunk prefix may be missing: only where a number without area code cannot be taken for a full one,
    /// because full ones are of one length or longer than any local one.
    /// </summary>
    public bool TrunkPrefixIsOptional =>
        TrunkPrefixes.IsEmpty || LocalNumbersAreShorter || MinDigits == MaxDigits || MinDigits > LongestLocalNumber;

    internal bool Fits(int digits) => digits >= MinDigits && digits <= MaxDigits;

    /// <summary>Whether these digits, without trunk prefix, may be a full national number by their count and first digit.</summary>
    internal bool IsFull(ReadOnlySpan<char> national)
    {
        if (!NationalFormIsCertain || !Fits(national.Length) || !MayBeginWith(national[0])) return false;
        if (national[0] == '0' && !CountryCodes.KeepsLeadingZero(CallingCode)) return false;
        foreach ((char first, int min, int max) in Narrower)
        {
            if (national[0] == first) return national.Length >= min && national.Length <= max;
        }

        return true;
    }

    internal bool MayBeginWith(char digit) => FirstDigits.Length == 0 || FirstDigits.Contains(digit);
}

/// <summary>The numbering plans by country.</summary>
public static class NumberingPlans
{
    private const int Letters = 26;

    private static readonly ImmutableArray<NumberingPlan?> ByLetters = Index();

    private static readonly ImmutableArray<NumberingPlan?> ByCode = IndexByCode();

    private static readonly ImmutableArray<byte> OneLength = IndexLengths();

    /// <summary>Every plan, by country code of ISO 3166.</summary>
    public static IEnumerable<NumberingPlan> All => ByLetters.OfType<NumberingPlan>().Distinct();

    /// <summary>The plan of an ISO 3166 alpha-2 country in either case; blanks around it do not count, UK is taken as GB.</summary>
    public static bool TryGet(ReadOnlySpan<char> country, [NotNullWhen(true)] out NumberingPlan? plan)
    {
        plan = InvisibleCharacters.Trim(country) is [var first, var second] && char.IsAsciiLetter(first) && char.IsAsciiLetter(second)
            ? ByLetters[Slot(first, second)]
            : null;
        return plan is not null;
    }

    /// <summary>The plan that belongs to a country code; the widest one where countries that share it differ.</summary>
    internal static bool TryGetByCode(int code, [NotNullWhen(true)] out NumberingPlan? plan)
    {
        plan = code < ByCode.Length ? ByCode[code] : null;
        return plan is not null;
    }

    /// <summary>
    /// The national digits of every number behind a country code, where all countries that share it have numbers of this one length, as North America
    /// has of ten; 0 elsewhere.
    /// </summary>
    internal static int OnlyLengthOf(int code) => code < OneLength.Length ? OneLength[code] : 0;

    private static int Slot(char first, char second) => (((first | 0x20) - 'a') * Letters) + (second | 0x20) - 'a';

    private static ImmutableArray<NumberingPlan?> Index()
    {
        NumberingPlan?[] plans = new NumberingPlan?[Letters * Letters];
        foreach (string row in NumberingPlanTable.Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] columns = row.Split(' ');
            foreach (string country in columns[0].Split(',')) plans[Slot(country[0], country[1])] = Parse(country, columns);
        }

        plans[Slot('U', 'K')] = plans[Slot('G', 'B')];
        return [.. plans];
    }

    private static ImmutableArray<NumberingPlan?> IndexByCode()
    {
        NumberingPlan?[] plans = new NumberingPlan?[1000];
        foreach (NumberingPlan plan in All)
        {
            if (plans[plan.CallingCode] is not { } known || plan.MaxDigits > known.MaxDigits) plans[plan.CallingCode] = plan;
        }

        return [.. plans];
    }

    private static ImmutableArray<byte> IndexLengths() =>
    [
        .. Enumerable.Range(0, 1000).Select(static code => ByCode[code] is { NationalFormIsCertain: true, MinDigits: var digits }
            && All.Where(plan => plan.CallingCode == code).All(plan => plan.MinDigits == digits && plan.MaxDigits == digits) ? (byte)digits : (byte)0),
    ];

    private static NumberingPlan Parse(string country, string[] row)
    {
        (string? prefix, string? trunks, string? lengths) = (row[2], row[3], row[4]);
        int[] range = lengths is "?" ? [0, 0] : [.. lengths.Split('-').Select(Digits)];
        return new NumberingPlan(
            country,
            Digits(row[1]),
            prefix is "?" ? null : prefix,
            trunks is "-" ? [] : [.. trunks.TrimEnd('?').Split('|')],
            range[0],
            range[^1])
        {
            LocalNumbersAreShorter = trunks.EndsWith('?'),
            FirstDigits = row.Length > 5 ? row[5] : "",
            Narrower = row.Length > 6 ? [Narrower(row[6])] : [],
        };
    }

    private static (char First, int Min, int Max) Narrower(string text)
    {
        string[] lengths = text[2..].Split('-');
        return (text[0], Digits(lengths[0]), Digits(lengths[^1]));
    }

    private static int Digits(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
