using PhoneNumbers;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Numbers.Tests;

/// <summary>Example numbers of the library that the engine refuses, with the reason. The engine reads none of them as another number.</summary>
/// <param name="Type">The library's type of line.</param>
/// <param name="Code">The engine's refusal.</param>
/// <param name="Regions">Where, by ISO 3166.</param>
/// <param name="Reason">Why the refusal stays.</param>
internal sealed record KnownDisagreement(PhoneNumberType Type, PhoneRefusalCode Code, string Regions, string Reason);

/// <summary>All of them.</summary>
internal static class KnownDisagreements
{
    private const string Service = "a service number longer or shorter than the country's numbers of persons";
    private const string ServicePrefix = "a service number that is dialled without the country's trunk prefix, so that an area code might be missing";
    private const string ServiceZero = "a service number with a zero of its own, which behind the country code looks like a trunk prefix";
    private const string ServiceTwo = "a service number so long, and grouped so, that it looks like two numbers";
    private const string Uncertain = "national forms of this country do not determine the international one; with '+' it is read";
    private const string Gabon = "Gabon's form before 2019; the present plan has no zero, and the library keeps both";
    private const string Somalia = "without the trunk zero an area code might be missing; with it or with '+' it is read";

    public static IReadOnlyList<KnownDisagreement> All { get; } =
    [
        new(PhoneNumberType.MOBILE, PhoneRefusalCode.NationalFormUncertain, "AR SM", Uncertain),
        new(PhoneNumberType.MOBILE, PhoneRefusalCode.TooShort, "GA", Gabon),
        new(PhoneNumberType.MOBILE, PhoneRefusalCode.TrunkPrefixMissing, "SO", Somalia),
        new(PhoneNumberType.MOBILE, PhoneRefusalCode.TrunkZero, "GA", Gabon),
        new(PhoneNumberType.FIXED_LINE, PhoneRefusalCode.NationalFormUncertain, "AR SM", Uncertain),
        new(PhoneNumberType.FIXED_LINE, PhoneRefusalCode.TooShort, "GA", Gabon),
        new(PhoneNumberType.FIXED_LINE, PhoneRefusalCode.TrunkPrefixMissing, "SO", Somalia),
        new(PhoneNumberType.FIXED_LINE, PhoneRefusalCode.TrunkZero, "GA", Gabon),
        new(PhoneNumberType.PAGER, PhoneRefusalCode.TooShort, "AU QA SK", Service),
        new(PhoneNumberType.PAGER, PhoneRefusalCode.TrunkPrefixMissing, "DE", ServicePrefix),
        new(PhoneNumberType.PERSONAL_NUMBER, PhoneRefusalCode.TrunkPrefixMissing, "IT PK VA", ServicePrefix),
        new(PhoneNumberType.PREMIUM_RATE, PhoneRefusalCode.NationalFormUncertain, "AR SM", Uncertain),
        new(PhoneNumberType.PREMIUM_RATE, PhoneRefusalCode.TooLong, "AU BY CC CO CR CX GT HK IL IN KH MV PM SG SZ TH", Service),
        new(PhoneNumberType.PREMIUM_RATE, PhoneRefusalCode.TooShort, "AL BR CN NL SV UY", Service),
        new(PhoneNumberType.PREMIUM_RATE, PhoneRefusalCode.TrunkPrefixMissing, "AE IE IT MY VA", ServicePrefix),
        new(PhoneNumberType.PREMIUM_RATE, PhoneRefusalCode.TrunkZero, "NE", ServiceZero),
        new(PhoneNumberType.PREMIUM_RATE, PhoneRefusalCode.TwoNumbers, "HK IN", ServiceTwo),
        new(PhoneNumberType.SHARED_COST, PhoneRefusalCode.TooLong, "AU CC CL CU CX IL IN PS", Service),
        new(PhoneNumberType.SHARED_COST, PhoneRefusalCode.TooShort, "AL BR", Service),
        new(PhoneNumberType.SHARED_COST, PhoneRefusalCode.TrunkPrefixMissing, "AE IE IT VA", ServicePrefix),
        new(PhoneNumberType.TOLL_FREE, PhoneRefusalCode.NationalFormUncertain, "AR", Uncertain),
        new(PhoneNumberType.TOLL_FREE, PhoneRefusalCode.TooLong,
            "AU BO BW BY BZ CC CO CR CU CX EC FJ GT HK HN IL KH MV NG NP PF PH PM PS PY SA SG TH WF", Service),
        new(PhoneNumberType.TOLL_FREE, PhoneRefusalCode.TooShort, "AL BR CM GH KW MO NL QA SV UY", Service),
        new(PhoneNumberType.TOLL_FREE, PhoneRefusalCode.TrunkPrefixMissing, "AE IE IT MY VA", ServicePrefix),
        new(PhoneNumberType.TOLL_FREE, PhoneRefusalCode.TrunkZero, "BW BZ FJ MO NC NE SZ TO", ServiceZero),
        new(PhoneNumberType.TOLL_FREE, PhoneRefusalCode.TwoNumbers, "BW FJ NG PF PY", ServiceTwo),
        new(PhoneNumberType.UAN, PhoneRefusalCode.NationalFormUncertain, "AR", Uncertain),
        new(PhoneNumberType.UAN, PhoneRefusalCode.TooLong, "IL PK SG", Service),
        new(PhoneNumberType.UAN, PhoneRefusalCode.TooShort, "CA IR NL NO SJ TR UY VN", Service),
        new(PhoneNumberType.UAN, PhoneRefusalCode.TrunkPrefixMissing, "AE KR", ServicePrefix),
        new(PhoneNumberType.UAN, PhoneRefusalCode.TrunkZero, "NO SJ", ServiceZero),
        new(PhoneNumberType.UAN, PhoneRefusalCode.TwoNumbers, "PK SG", ServiceTwo),
        new(PhoneNumberType.VOICEMAIL, PhoneRefusalCode.TooLong, "CH CZ IL SE", Service),
        new(PhoneNumberType.VOICEMAIL, PhoneRefusalCode.TwoNumbers, "SE", ServiceTwo),
        new(PhoneNumberType.VOIP, PhoneRefusalCode.NationalFormUncertain, "SM", Uncertain),
        new(PhoneNumberType.VOIP, PhoneRefusalCode.TooLong, "TW", Service),
        new(PhoneNumberType.VOIP, PhoneRefusalCode.TrunkPrefixMissing, "IT PY VA", ServicePrefix),
    ];
}
