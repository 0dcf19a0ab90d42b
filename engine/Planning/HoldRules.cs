using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>What a rule looks at: the request, the goal before anything is held, and the draft as it stands.</summary>
internal readonly record struct Proposal(PlanRequest Request, Goal Goal, Draft Draft)
{
    public CurrentMethods Current => Request.Current;

    public PlanningPolicy Policy => Request.Policy;
}

/// <summary>
/// Which parts of a draft must be held, and why. The first rule that holds something speaks alone; then the plan is
/// drafted anew, so that no rule judges what another has already taken out.
/// </summary>
internal static class HoldRules
{
    private delegate HeldParts Rule(in Proposal proposal, HeldParts held);

    private static readonly Rule[] InOrder =
        [FromOutside, NotOffered, Overwrite, RetiredPhones, AddPhone, SameNumberInTwoSlots, LastMethod, Followers, DefaultHolds.Apply];

    public static HeldParts Apply(in Proposal proposal, HeldParts held)
    {
        foreach (Rule rule in InOrder)
        {
            HeldParts more = rule(proposal, held);
            if (more.Count > held.Count) return more;
        }

        return held;
    }

    private static HeldParts FromOutside(in Proposal proposal, HeldParts held)
    {
        Holds holds = proposal.Request.Holds;
        HoldReason? account = OfAccount(proposal.Request);
        foreach (Operation operation in proposal.Draft.Operations)
        {
            HoldReason? reason = holds.User
                ?? holds.Parts.GetValueOrDefault(operation.Part)
                ?? holds.Actions.GetValueOrDefault(operation.Action)
                ?? (operation.Writes is { } slot ? holds.Slots.GetValueOrDefault(slot) : null)
                ?? account;
            if (reason is not null) held = held.With(operation.Part, reason);
        }

        bool losesLastPhone = proposal.Current.PhoneCount > 0 && proposal.Draft.Phones.Count == 0;
        return losesLastPhone && holds.LastPhone is { } lastPhone ? held.With(Part.Phones, lastPhone) : held;
    }

    /// <summary>What is wanted of a kind that the reading does not cover: it may be there or not, so nothing of it is changed.</summary>
    private static HeldParts NotOffered(in Proposal proposal, HeldParts held)
    {
        DesiredMethods desired = proposal.Request.Desired;
        KindSet unread = proposal.Current.Unread;
        foreach (MethodKind kind in (desired.RemovedKinds & unread).Kinds()) held = Hold(proposal, held, Parts.From(kind), kind.Name());
        if (desired.Pass is not null && unread.Has(MethodKind.TemporaryAccessPass))
        {
            held = Hold(proposal, held, Part.TemporaryAccessPass, MethodKind.TemporaryAccessPass.Name());
        }

        if (desired.Membership is { } wanted && proposal.Current.Membership?.IsOf(wanted.Group) != true)
        {
            held = HoldFor(proposal, held, Part.Membership, UnreadHolds.Membership);
        }

        return desired.Email.IsManaged && unread.HasEmail() ? Hold(proposal, held, Part.Email, Part.Email.Name()) : held;

        static HeldParts Hold(in Proposal proposal, HeldParts held, Part part, string kind) => HoldFor(proposal, held, part, UnreadHolds.NotOffered(kind));

        static HeldParts HoldFor(in Proposal proposal, HeldParts held, Part part, HoldReason why)
        {
            Holds holds = proposal.Request.Holds;
            HoldReason? outside = holds.User ?? holds.Parts.GetValueOrDefault(part) ?? OfAccount(proposal.Request);
            return held.With(part, outside ?? why);
        }
    }

    private static HoldReason? OfAccount(PlanRequest request)
    {
        if (request.Account.IsGuest && request.Policy.Guests == AccountPolicy.Hold) return PolicyHolds.Guest;
        if (request.Account.IsDisabled && request.Policy.Disabled == AccountPolicy.Hold) return PolicyHolds.Disabled;
        return null;
    }

    private static HeldParts Overwrite(in Proposal proposal, HeldParts held)
    {
        if (proposal.Policy.Overwrite == OverwritePolicy.Always) return held;
        foreach (Operation operation in proposal.Draft.Operations)
        {
            bool replaces = operation is Operation.UpdatePhone or Operation.DeletePhone or Operation.UpdateEmail or Operation.DeleteEmail;
            if (replaces) held = held.With(operation.Part, PolicyHolds.Overwrite);
        }

        return held;
    }

    /// <summary>What was removed after the retirement is not brought back. A phone that is there may still be corrected or removed: an old number may
    /// belong to another person by now.</summary>
    private static HeldParts RetiredPhones(in Proposal proposal, HeldParts held)
    {
        if (proposal.Policy.Phones != PhonesPolicy.Retired || proposal.Request.Desired.Clearing != Clearing.None) return held;
        CurrentMethods current = proposal.Current;
        return proposal.Draft.Operations.Any(o => o is Operation.AddPhone add && current[add.Slot].IsEmpty)
            ? held.With(Part.Phones, PolicyHolds.PhonesRetired)
            : held;
    }

    /// <summary>Judged by the methods that the user keeps: one that the same plan removes is no reason to withhold a phone.</summary>
    private static HeldParts AddPhone(in Proposal proposal, HeldParts held)
    {
        AddPhonePolicy policy = proposal.Policy.AddPhone;
        CurrentMethods current = proposal.Current;
        bool mayNot = policy switch
        {
            AddPhonePolicy.Always => false,
            AddPhonePolicy.NoStronger => proposal.Draft.Others.Any(m => ServiceRules.IsStrongerThanPhone(m.Kind)),
            AddPhonePolicy.NoMethod => current.PhoneCount > 0 || Draft.UsableIn(proposal.Draft.Others) > 0,
        };
        bool adds = mayNot && proposal.Draft.Operations.Any(o => o is Operation.AddPhone add && current[add.Slot].IsEmpty);
        return adds ? held.With(Part.Phones, PolicyHolds.AddPhone(policy)) : held;
    }

    private static HeldParts SameNumberInTwoSlots(in Proposal proposal, HeldParts held)
    {
        if (!proposal.Draft.PhonesImpossible) return held;
        Holds holds = proposal.Request.Holds;
        HoldReason? outside = holds.User ?? holds.Parts.GetValueOrDefault(Part.Phones) ?? OfAccount(proposal.Request);
        return held.With(Part.Phones, outside ?? PolicyHolds.SameNumberInTwoSlots);
    }

    /// <summary>
    /// No one goes from a method to none, unless policy allows it and the source asks for it: that what should have taken the
    /// place is held is not asking.
    /// </summary>
    private static HeldParts LastMethod(in Proposal proposal, HeldParts held)
    {
        PlanRequest request = proposal.Request;
        if (request.Desired.Clearing != Clearing.None || request.Current.UsableCount == 0 || proposal.Draft.UsableAfter > 0) return held;
        bool refuses = proposal.Policy.LastMethod == LastMethodPolicy.Refuse;
        bool replacementHeld = proposal.Goal.UsableCount(request.Current, request.Desired) > 0;
        if (!refuses && !replacementHeld) return held;
        foreach (Operation operation in proposal.Draft.Operations)
        {
            bool takes = operation is Operation.DeletePhone || (operation is Operation.RemoveMethod removal && removal.Method.Kind.IsUsable());
            if (takes) held = held.With(operation.Part, replacementHeld ? PolicyHolds.Replacement : PolicyHolds.LastMethod);
        }

        return held;
    }

    /// <summary>SMS sign-in is not switched on for a number that should have been replaced, and a
    /// default not set to a phone that is not there, because the phones are held.</summary>
    private static HeldParts Followers(in Proposal proposal, HeldParts held)
    {
        if (held.Reason(Part.Phones) is not { } phones) return held;
        DesiredMethods desired = proposal.Request.Desired;
        CurrentMethods current = proposal.Current;
        bool mobileAsWanted = !current.Mobile.IsEmpty && current.Mobile == proposal.Goal.Phones.Mobile;
        // Who had SMS sign-in with the number that stays has it back.
        if (desired.SmsSignIn == true && !mobileAsWanted && proposal.Request.SignIn == SignInNeed.None) held = held.With(Part.SmsSignIn, phones);
        bool preferredThere = desired.Preferred is not { } preferred || Goal.IsThere(preferred, PhoneSlots.From(current), proposal.Draft.Others, []);
        return preferredThere ? held : held.With(Part.PreferredMethod, phones);
    }
}
