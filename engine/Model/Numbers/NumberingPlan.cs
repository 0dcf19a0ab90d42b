using System.Collections.Immutable;

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
        foreach (var (first, min, max) in Narrower)
        {
            if (national[0] == first) return national.Length >= min && national.Length <= max;
        }

        return true;
    }

    internal bool MayBeginWith(char digit) => FirstDigits.Length == 0 || FirstDigits.Contains(digit);
}
