using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>One objection of the second opinion to a number in a slot.</summary>
/// <param name="Code">The code of its warning, and of its hold.</param>
/// <param name="Policy">What the tenant's policy makes of it; never <see cref="NumberPolicy.Off"/>.</param>
/// <param name="Message">What is wrong and what to do; the number is masked.</param>
internal readonly record struct NumberObjection(string Code, NumberPolicy Policy, string Message)
{
    public Diagnostic ToWarning() => Diagnostic.Warning(Code, Message);

    public HoldReason ToHold() => new(Code, Standing: false, $"{Message} Policy {SettingOf(Code)} is Hold.");

    private static string SettingOf(string code) => code switch
    {
        HoldCodes.NumberNotAssigned => "Numbers:NotAssigned",
        HoldCodes.MobileIsFixedLine => "Numbers:MobileIsFixedLine",
        HoldCodes.NumberNotPersonal => "Numbers:NotPersonal",
        HoldCodes.NumberPremium => "Numbers:Premium",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "This never holds a number."),
    };
}

/// <summary>What follows from the second opinion on a number (docs/safety.md#second-opinion-on-numbers).</summary>
internal static class NumberRules
{
    /// <summary>Only a warning: lengths are what the library knows least surely of young numbering plans.</summary>
    public const string Length = "numberLength";

    /// <summary>Whether a hold comes from here.</summary>
    public static bool IsHold(string code) =>
        code is HoldCodes.NumberNotAssigned or HoldCodes.MobileIsFixedLine or HoldCodes.NumberNotPersonal or HoldCodes.NumberPremium;

    /// <summary>All objections to a number, those that hold it first.</summary>
    public static ImmutableArray<NumberObjection> Judge(PhoneType slot, PhoneNumber number, NumberOpinion opinion, NumberPolicies policies)
    {
        ImmutableArray<NumberObjection>.Builder objections = ImmutableArray.CreateBuilder<NumberObjection>();
        string named = $"The {PhoneTypes.Name(slot)} number {number.Masked()}";
        if (!opinion.IsPossible)
        {
            Add(Length, NumberPolicy.Warn, $"{named} has a length that numbers of its country do not have. Check it for a digit that is missing or too many.");
        }

        // The length says more, unless the number is to be held.
        if (!opinion.IsAssigned && (opinion.IsPossible || policies.NotAssigned == NumberPolicy.Hold))
        {
            Add(HoldCodes.NumberNotAssigned, policies.NotAssigned,
                $"{named} is in a range that its country does not use, as far as is known here. Check its digits; a range that is new may not be known yet.");
        }

        switch (opinion.Line)
        {
            case NumberLine.FixedLine when slot == PhoneType.Mobile:
                Add(HoldCodes.MobileIsFixedLine, policies.MobileIsFixedLine,
                    $"{named} is a fixed line, which receives no text messages. Use the slot alternateMobile or office for it, or check it.");
                break;
            case NumberLine.TollFree or NumberLine.SharedCost or NumberLine.Company or NumberLine.Pager or NumberLine.Voicemail:
                Add(HoldCodes.NumberNotPersonal, policies.NotPersonal, $"{named} is {Describe(opinion.Line)}, which is not one person's phone. Check it.");
                break;
            case NumberLine.Premium:
                Add(HoldCodes.NumberPremium, policies.Premium,
                    $"{named} is a premium-rate number: calls to it cost money, and it may be there for fraud. Find out who asked for it.");
                break;
        }

        return [.. objections.OrderBy(static objection => objection.Policy == NumberPolicy.Hold ? 0 : 1)];

        void Add(string code, NumberPolicy policy, string message)
        {
            if (policy != NumberPolicy.Off) objections.Add(new NumberObjection(code, policy, message));
        }
    }

    private static string Describe(NumberLine line) => line switch
    {
        NumberLine.TollFree => "a toll-free number",
        NumberLine.SharedCost => "a shared-cost number",
        NumberLine.Company => "the number of a whole company",
        NumberLine.Pager => "a pager",
        NumberLine.Voicemail => "a voicemail box",
        NumberLine.Unknown or NumberLine.Mobile or NumberLine.FixedLine or NumberLine.FixedLineOrMobile or NumberLine.Premium or NumberLine.Voip
            or NumberLine.Personal => throw new ArgumentOutOfRangeException(nameof(line), line, "Such a line is one person's."),
    };
}
