using FsCheck;
using FsCheck.Fluent;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Tests.Model.Numbers;

/// <summary>Numbers and entries of every country code, length and extension, as a source may write them.</summary>
internal static class Arbitraries
{
    public static Arbitrary<PhoneNumber> Numbers() => Arb.From(Number);

    public static Arbitrary<PhoneEntry> Entries() => Arb.From(
        from number in Number
        from type in Gen.Elements(Enum.GetValues<PhoneType>())
        select new PhoneEntry(type == PhoneType.Office ? number : number.WithoutExtension(), type));

    public static Gen<string> Digits(int least, int most) =>
        from count in Gen.Choose(least, most)
        from digits in Gen.ArrayOf(Gen.Elements("0123456789".ToCharArray()), count)
        select new string(digits);

    private static Gen<PhoneNumber> Number =>
        from code in Gen.Elements(CountryCodes.All.ToArray())
        let room = 15 - code.ToString().Length
        let only = OnlyLength.Find(code)
        from national in only > 0 ? Digits(only, only) : Digits(room - 8, room)
        from extension in Gen.OneOf(Gen.Constant(""), Digits(1, 10))
        let first = national[0] == '0' && !CountryCodes.KeepsLeadingZero(code) ? "1" + national[1..] : national
        where !MayHoldTrunkPrefix(code, first)
        select Reading.Number($"+{code}{first}{(extension.Length > 0 ? "x" + extension : "")}");

    // Coarser than the rule, so that it says nothing of it.
    private static bool MayHoldTrunkPrefix(int code, string national) => code switch
    {
        1 or 691 or 692 => national[0] == '1',
        7 or (>= 370 and <= 380) or (>= 992 and <= 998) => national[0] == '8',
        36 => national[0] == '6',
        54 => national.Contains("15", StringComparison.Ordinal),
        _ => false,
    };
}

/// <summary>Country codes whose numbers all have one length, taken from the plans themselves.</summary>
internal static class OnlyLength
{
    private static readonly Dictionary<int, int> ByCode = NumberingPlans.All.GroupBy(plan => plan.CallingCode)
        .Where(plans => plans.All(plan => plan.MinDigits > 0 && plan.MinDigits == plan.MaxDigits && plan.MinDigits == plans.First().MinDigits))
        .ToDictionary(plans => plans.Key, plans => plans.First().MinDigits);

    /// <summary>The national digits of every number behind a country code; 0 where they differ, or are not known.</summary>
    public static int Find(int code) => ByCode.GetValueOrDefault(code);
}
