using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Tests.Planning.Reference;

namespace ProvisioningConnector.Engine.Tests.Planning.Laws;

/// <summary>Policies and holds from outside: obeyed, and no more is held than they ask for.</summary>
internal static class HoldLaws
{
    public static string? Every_policy_and_hold_is_obeyed(Trial trial)
    {
        Sketch sketch = trial.Sketch;
        PlanningPolicy policy = sketch.Policy;
        Holds holds = sketch.Holds;
        (World start, World end) = (trial.Worlds[0], trial.Worlds[^1]);
        bool untouchable = holds.User is not null || (sketch.Account.IsGuest && policy.Guests == AccountPolicy.Hold)
            || (sketch.Account.IsDisabled && policy.Disabled == AccountPolicy.Hold);
        if (untouchable && !trial.Plan.Operations.IsEmpty) return "the user is held, yet something is written";
        foreach (Operation operation in trial.Plan.Operations)
        {
            if (trial.IsHeld(operation.Part)) return $"{operation.Part} is held, yet it is written";
            if (holds.Parts.ContainsKey(operation.Part)
                || holds.Actions.ContainsKey(operation.Action)) return $"{operation.Action} {operation.Part} is held from outside, yet it is written";
            bool replaces = operation is Operation.UpdatePhone or Operation.DeletePhone or Operation.UpdateEmail or Operation.DeleteEmail;
            if (replaces && policy.Overwrite == OverwritePolicy.WhenEmpty) return "Overwrite is WhenEmpty, yet a value is replaced";
        }

        if (SwitchesAnOldNumber(trial)) return "the phones are held, yet SMS sign-in is switched on for a number that should have been replaced";
        if (AddsWrongly(policy.AddPhone, start, end)) return "a phone is put on a user who must not have one";
        if (policy.Phones == PhonesPolicy.Retired && FillsASlot(start, end)) return "phones are retired, yet one is put on a user";
        if (policy.LastMethod == LastMethodPolicy.Refuse && start.Usable > 0 && end.Usable == 0) return "the last method is taken";
        return holds.LastPhone is not null && start.Phones > 0 && end.Phones == 0 ? "the last phone is taken" : null;
    }

    public static string? Nothing_is_held_without_need(Trial trial)
    {
        foreach (HeldPart held in trial.Plan.Held)
        {
            if (!IsNeeded(trial, held)) return $"{held.Part} is held for {held.Code} without need";
            if (string.IsNullOrWhiteSpace(held.Message)) return "a hold without a message";
        }

        return null;
    }

    private static bool IsNeeded(Trial trial, HeldPart held)
    {
        Sketch sketch = trial.Sketch;
        World released = Intent.Goal(sketch, p => p != held.Part && trial.IsHeld(p));
        World releasedByCode = Intent.Goal(sketch, p => trial.Hold(p) is { } other && other.Code != held.Code);
        if (held.Part is Part.SmsSignIn && Follows(trial, held)) return true;
        if (held.Part is Part.PreferredMethod && trial.Hold(Part.Phones)?.Code == held.Code
            && !Service.IsThere(trial.Worlds[0], sketch.PreferredWanted)) return true;
        if (!Differs(sketch, held.Part, released)) return false;
        return held.Code switch
        {
            HoldCodes.Overwrite => sketch.Policy.Overwrite == OverwritePolicy.WhenEmpty && Replaces(sketch, held.Part, released),
            HoldCodes.AddPhone => AddsWrongly(sketch.Policy.AddPhone, sketch.Start, released),
            HoldCodes.PhonesRetired => sketch.Policy.Phones == PhonesPolicy.Retired && FillsASlot(sketch.Start, released),
            HoldCodes.SameNumberInTwoSlots => sketch.Avoids && LengthLaws.ShortestWithoutDefault(sketch, released) == ShortestPlan.Impossible,
            HoldCodes.LastMethod => sketch.Start.Usable > 0 && releasedByCode.Usable == 0
                && (sketch.Policy.LastMethod == LastMethodPolicy.Refuse || Intent.Goal(sketch, _ => false).Usable > 0),
            HoldCodes.DefaultMethod => LengthLaws.Shortest(trial, releasedByCode) == ShortestPlan.Impossible,
            HoldCodes.DefaultUnknown => sketch is { DefaultKnown: Known.Unreadable, Switches: true } && MightDelete(trial, releasedByCode),
            HoldCodes.Guest => sketch.Account.IsGuest && sketch.Policy.Guests == AccountPolicy.Hold,
            HoldCodes.Disabled => sketch.Account.IsDisabled && sketch.Policy.Disabled == AccountPolicy.Hold,
            _ => IsFromOutside(sketch, held, released),
        };
    }

    private static bool Follows(Trial trial, HeldPart held)
    {
        World start = trial.Worlds[0];
        bool mobileIsRight = start.Mobile != 0 && start.Mobile == Intent.Goal(trial.Sketch, _ => false).Mobile;
        return trial.Hold(Part.Phones)?.Code == held.Code && trial.Sketch.SmsWanted == true && !mobileIsRight;
    }

    private static bool SwitchesAnOldNumber(Trial trial) => trial.Hold(Part.Phones) is not null
        && trial.Plan.Operations.Any(o => o is Operation.SwitchSmsSignIn { On: true })
        && (trial.Worlds[0].Mobile == 0 || trial.Worlds[0].Mobile != Intent.Goal(trial.Sketch, _ => false).Mobile);

    private static bool IsFromOutside(Sketch sketch, HeldPart held, World released) =>
        sketch.Holds.User?.Code == held.Code
        || sketch.Holds.Parts.GetValueOrDefault(held.Part)?.Code == held.Code
        || sketch.Holds.Actions.Values.Any(reason => reason.Code == held.Code)
        || (sketch.Holds.LastPhone?.Code == held.Code && held.Part == Part.Phones && sketch.Start.Phones > 0 && released.Phones == 0);

    private static bool Differs(Sketch sketch, Part part, World released) => part switch
    {
        Part.Phones => sketch.Start.WithoutRest != released.WithoutRest,
        Part.Email => sketch.EmailWanted >= 0 && sketch.EmailWanted != sketch.Email,
        Part.SmsSignIn => sketch.SmsWanted is not null,
        Part.PreferredMethod => sketch.PreferredWanted != 0,
        Part.Password => false,
        _ => Enumerable.Range(0, OtherMethods.Count).Any(bit => (sketch.Others & sketch.Removed & (1 << bit)) != 0 && Intent.PartOf(bit) == part),
    };

    private static bool Replaces(Sketch sketch, Part part, World released) => part switch
    {
        Part.Phones => Enumerable.Range(0, 3).Any(slot => sketch.Start[slot] != 0 && sketch.Start[slot] != released[slot]),
        _ => part == Part.Email && sketch.Email != 0,
    };

    private static bool FillsASlot(World start, World end) => Enumerable.Range(0, 3).Any(slot => start[slot] == 0 && end[slot] != 0);

    /// <summary>NoStronger: a phone into an empty slot beside a stronger method that stays.
    /// NoMethod: beside any phone, or any other method that stays.</summary>
    private static bool AddsWrongly(AddPhonePolicy policy, World start, World end)
    {
        if (!FillsASlot(start, end)) return false;
        int staying = OtherMethods.UsableIn(start.Others & end.Others);
        return policy switch
        {
            AddPhonePolicy.Always => false,
            AddPhonePolicy.NoStronger => staying > 0,
            AddPhonePolicy.NoMethod => staying > 0 || start.Phones > 0,
        };
    }

    /// <summary>Whether reaching a goal means that something which could be the default goes, on
    /// the way or, unless the source's own choice is set before, at the end.</summary>
    private static bool MightDelete(Trial trial, World goal)
    {
        Sketch sketch = trial.Sketch;
        bool chosen = sketch.PreferredWanted != 0 && !trial.IsHeld(Part.PreferredMethod);
        if (LengthLaws.ShortestWithoutDefault(sketch, goal) > sketch.Start.PlacesUnlike(goal)) return true;
        return !chosen && Enumerable.Range(1, 6).Any(preference => Service.IsThere(sketch.Start, preference) && !Service.IsThere(goal, preference));
    }
}
