using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>What the rules found besides holds.</summary>
internal readonly record struct RuleNotes(bool NeedsDefault, bool DefaultUnknown);

/// <summary>
/// Which parts of a draft must be held, and why. Every rule speaks about the draft it is shown; holds from outside
/// (protection, guardrails) and policies are treated alike.
/// </summary>
internal static class HoldRules
{
    public static HeldParts Apply(PlanRequest request, Draft draft, HeldParts held, out RuleNotes notes)
    {
        notes = default;
        held = FromOutside(request, draft, held);
        held = Policies(request, draft, held);
        held = Followers(request, draft, held);
        return Defaults(request, draft, held, ref notes);
    }

    private static HeldParts FromOutside(PlanRequest request, Draft draft, HeldParts held)
    {
        Holds holds = request.Holds;
        foreach (Operation operation in draft.Operations)
        {
            HoldReason? reason = holds.User
                ?? holds.Parts.GetValueOrDefault(operation.Part)
                ?? holds.Actions.GetValueOrDefault(operation.Action)
                ?? OfAccount(request);
            if (reason is not null) held = held.With(operation.Part, reason);
        }

        bool losesLastPhone = request.Current.PhoneCount > 0 && draft.Phones.Count == 0;
        return losesLastPhone && holds.LastPhone is { } lastPhone ? held.With(Part.Phones, lastPhone) : held;
    }

    private static HoldReason? OfAccount(PlanRequest request)
    {
        if (request.Account.IsGuest && request.Policy.Guests == AccountPolicy.Hold) return PolicyHolds.Guest;
        if (request.Account.IsDisabled && request.Policy.Disabled == AccountPolicy.Hold) return PolicyHolds.Disabled;
        return null;
    }

    private static HeldParts Policies(PlanRequest request, Draft draft, HeldParts held)
    {
        PlanningPolicy policy = request.Policy;
        CurrentMethods current = request.Current;
        if (draft.PhonesImpossible) held = held.With(Part.Phones, PolicyHolds.SameNumberInTwoSlots);
        foreach (Operation operation in draft.Operations)
        {
            bool replaces = operation is Operation.UpdatePhone or Operation.DeletePhone or Operation.UpdateEmail or Operation.DeleteEmail;
            if (replaces && policy.Overwrite == OverwritePolicy.WhenEmpty) held = held.With(operation.Part, PolicyHolds.Overwrite);
            if (operation is Operation.AddPhone && MayNotAddPhone(policy.AddPhone, current)) held = held.With(Part.Phones, PolicyHolds.AddPhone(policy.AddPhone));
        }

        if (policy.LastMethod == LastMethodPolicy.Refuse && current.UsableCount > 0 && draft.UsableAfter == 0)
        {
            foreach (Operation operation in draft.Operations)
            {
                bool takes = operation is Operation.DeletePhone || (operation is Operation.RemoveMethod removal && removal.Method.Kind.IsUsable());
                if (takes) held = held.With(operation.Part, PolicyHolds.LastMethod);
            }
        }

        return held;
    }

    private static bool MayNotAddPhone(AddPhonePolicy policy, CurrentMethods current) => policy switch
    {
        AddPhonePolicy.Always => false,
        AddPhonePolicy.NoStronger => current.Others.Any(m => ServiceRules.IsStrongerThanPhone(m.Kind)),
        AddPhonePolicy.NoMethod => current.UsableCount > 0,
    };

    /// <summary>SMS sign-in is not switched on for a number that should have been replaced, and a default not set to a phone that is not there, because the phones are held.</summary>
    private static HeldParts Followers(PlanRequest request, Draft draft, HeldParts held)
    {
        if (held.Reason(Part.Phones) is not { } phones) return held;
        DesiredMethods desired = request.Desired;
        CurrentMethods current = request.Current;
        bool mobileAsWanted = !current.Mobile.IsEmpty && Comparison.Same(desired.Mobile, current.Mobile);
        if (desired.SmsSignIn == true && !mobileAsWanted) held = held.With(Part.SmsSignIn, phones);
        bool preferredThere = desired.Preferred is not { } preferred || Goal.IsThere(preferred, PhoneSlots.Of(current), draft.Others, []);
        return preferredThere ? held : held.With(Part.PreferredMethod, phones);
    }

    private static HeldParts Defaults(PlanRequest request, Draft draft, HeldParts held, ref RuleNotes notes)
    {
        bool switches = request.Policy.DefaultMethod == DefaultMethodPolicy.Switch;
        bool wantsPreferred = request.Desired.Preferred is not null && !held.Has(Part.PreferredMethod);
        switch (request.Current.Default.Knowledge)
        {
            case DefaultMethodKnowledge.None:
                return held;

            case DefaultMethodKnowledge.NotRead:
                notes = notes with { NeedsDefault = wantsPreferred || DefaultPreference.MayMove(request, draft) || !DefaultPreference.DeletingAny(draft).IsEmpty };
                return held;

            case DefaultMethodKnowledge.Unreadable:
                ImmutableArray<Operation> perhaps = DefaultPreference.DeletingAny(draft);
                notes = notes with { DefaultUnknown = !perhaps.IsEmpty || DefaultPreference.MayMove(request, draft) };
                return switches ? perhaps.Aggregate(held, (h, o) => h.With(o.Part, PolicyHolds.DefaultUnknown)) : held;

            case DefaultMethodKnowledge.Known:
                ImmutableArray<Operation> deleting = DefaultPreference.Deleting(request.Current.Default.Method, draft);
                if (deleting.IsEmpty) return held;
                bool moved = draft.Operations.Any(o => o is Operation.Prefer { Reason: Reason.DefaultWouldBeDeleted or Reason.DefaultWanted });
                return moved ? held : deleting.Aggregate(held, (h, o) => h.With(o.Part, PolicyHolds.DefaultMethod(request.Current.Default.Method, switches)));
        }

        return held;
    }
}
