using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Tests.Planning.Reference;

/// <summary>What a sketch asks for: desired merged over current, with some parts left as they are (docs/design.md#managed-and-unmanaged,
/// docs/design.md#impossible-goals).</summary>
internal static class Intent
{
    /// <summary>Whether the goal is impossible, so that nothing may be written for the user.</summary>
    public static bool IsInvalid(Sketch sketch)
    {
        World goal = Goal(sketch, _ => false);
        bool lone = !goal.IsLegal;
        bool smsWithoutMobile = sketch.SmsWanted == true && goal.Mobile == 0;
        bool preferredMissing = sketch.PreferredWanted != 0 && !Service.IsThere(goal, sketch.PreferredWanted);
        return lone || smsWithoutMobile || preferredMissing;
    }

    /// <summary>Where the user is to end when these parts are held.</summary>
    public static World Goal(Sketch sketch, Func<Part, bool> held)
    {
        World slots = held(Part.Phones) ? sketch.Phones.Start : Promoted(sketch);
        int others = sketch.Others;
        for (int bit = 0; bit < OtherMethods.Count; bit++)
        {
            if ((sketch.Removed & (1 << bit)) != 0 && !held(PartOf(bit))) others &= ~(1 << bit);
        }

        return slots with { Others = others };
    }

    public static Part PartOf(int bit) => (1 << bit) switch
    {
        OtherMethods.Authenticator or OtherMethods.SecondAuthenticator => Part.MicrosoftAuthenticator,
        OtherMethods.Fido2 => Part.Fido2,
        OtherMethods.SoftwareOath => Part.SoftwareOath,
        OtherMethods.TemporaryPass => Part.TemporaryAccessPass,
        _ => throw new ArgumentOutOfRangeException(nameof(bit)),
    };

    /// <summary>
    /// AlternateOnly: Promote makes a lone alternateMobile that the source names the mobile; one that stands there as mobile
    /// already, under an unmanaged mobile, is the same desired fulfilled. An alternateMobile that the source does not manage is never moved.
    /// </summary>
    private static World Promoted(Sketch sketch)
    {
        PhoneCase phones = sketch.Phones;
        World goal = phones.Goal;
        if (sketch.Policy.AlternateOnly == AlternateOnlyPolicy.Refuse || phones.Wanted.Alternate <= 0) return goal;
        bool lone = goal.Mobile == 0;
        bool already = phones.Wanted.Mobile == PhoneCase.Unmanaged && phones.Now.Alternate == 0 && phones.Now.Mobile == phones.Wanted.Alternate;
        return lone || already ? goal with { Mobile = phones.Wanted.Alternate, Alternate = 0 } : goal;
    }
}
