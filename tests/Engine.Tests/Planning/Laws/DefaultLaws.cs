using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Tests.Planning.Reference;

namespace ProvisioningConnector.Engine.Tests.Planning.Laws;

/// <summary>Laws about the default method: DefaultMethod and KeepDefault of docs/design.md#policies. That it
/// is never deleted while it is the default is among the write laws.</summary>
internal static class DefaultLaws
{
    public static string? The_default_moves_to_the_strongest_that_stays_after_the_adds(Trial trial)
    {
        int moves = trial.First(o => o is Operation.Prefer { Reason: Reason.DefaultWouldBeDeleted });
        if (moves < 0) return null;
        if (!trial.Sketch.Switches) return "the default is moved though policy is Leave";
        if (moves < trial.Last(o => o is Operation.AddPhone) && !trial.Sketch.Avoids) return "the default is moved before a phone is added";
        Operation.Prefer prefer = (Operation.Prefer)trial.Plan.Operations[moves];
        if (prefer.Before != trial.Start.Default) return "before is not the default";
        int strongest = Enumerable.Range(1, 6).First(p => trial.Worlds[moves..].All(w => Service.IsThere(w, p)));
        return Concrete.IndexOf(prefer.Method) == strongest ? null : $"{Concrete.Preference(strongest)} is stronger and stays";
    }

    public static string? KeepDefault_sets_the_default_back_only_after_a_first_phone_beside_other_methods(Trial trial)
    {
        if (trial.Plan.Situation == Situation.Invalid) return null;
        int keeps = trial.First(o => o is Operation.Prefer { Reason: Reason.DefaultMayMove });
        int lastAdd = trial.Last(o => o is Operation.AddPhone);
        bool firstPhone = trial.Sketch.Policy.KeepDefault && trial.Worlds[0].Phones == 0 && trial.Worlds[0].Usable > 0 && lastAdd >= 0;
        bool moved = trial.First(o => o is Operation.Prefer { Reason: not Reason.DefaultMayMove }) >= 0;
        bool due = firstPhone && trial.Sketch.DefaultKnown == Known.Is && !moved;
        if (due != keeps >= 0) return due ? "the default is not set back" : "the default is set back without need";
        if (!due) return null;
        Operation.Prefer prefer = (Operation.Prefer)trial.Plan.Operations[keeps];
        return keeps > lastAdd && trial.Start.Default.Is(prefer.Method) ? null : "the default is set back wrongly";
    }

    public static string? A_default_that_is_not_known_is_asked_for_or_reported(Trial trial)
    {
        if (trial.Plan.Situation == Situation.Invalid) return null;
        Sketch sketch = trial.Sketch;
        bool heldForIt = trial.Plan.Held.Any(h => h.Code == HoldCodes.DefaultUnknown);
        bool firstPhone = sketch.Policy.KeepDefault && trial.Worlds[0].Phones == 0 && trial.Worlds[0].Usable > 0 && trial.Count<Operation.AddPhone>() > 0;
        bool wanted = sketch.PreferredWanted != 0 && !trial.IsHeld(Part.PreferredMethod);
        bool matters = firstPhone || heldForIt || MightDelete(trial);
        bool asks = sketch.DefaultKnown == Known.NotRead && (matters || wanted);
        if (trial.Plan.NeedsDefault != asks) return asks ? "the default is not asked for" : "the default is asked for without need";
        bool isReported = sketch.DefaultKnown == Known.Unreadable && matters;
        return trial.Plan.Diagnostics.Any(d => d.Code == "defaultUnknown") == isReported ? null : isReported
            ? "defaultUnknown is not reported" : "defaultUnknown is reported without need";
    }

    /// <summary>Whether something that could be the default is there at the start and gone at some moment before the source's own choice is set.</summary>
    private static bool MightDelete(Trial trial)
    {
        int chosen = trial.First(o => o is Operation.Prefer);
        int moments = chosen < 0 ? trial.Worlds.Length : chosen + 1;
        return Enumerable.Range(1, 6).Any(p => Service.IsThere(trial.Worlds[0], p) && trial.Worlds.Take(moments).Any(w => !Service.IsThere(w, p)));
    }
}
