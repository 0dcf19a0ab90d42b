using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Tests.Planning.Reference;

namespace ProvisioningConnector.Engine.Tests.Planning.Laws;

/// <summary>Laws about the writes themselves: accepted, needed, leading to the goal (docs/design.md#impossible-goals, docs/design.md#laws-of-the-planner, laws
/// 1 and 6).</summary>
internal static class WriteLaws
{
    public static string? Every_write_is_accepted_and_every_state_is_legal(Trial trial)
    {
        if (trial.Replay.Refusal is { } refusal) return $"operation {trial.Replay.States.Length} is refused: {refusal}";
        foreach (World world in trial.Worlds)
        {
            if (!world.IsLegal) return "alternateMobile without mobile";
        }

        return null;
    }

    public static string? The_plan_ends_where_it_was_asked_to_end(Trial trial)
    {
        if (trial.Plan.Situation == Situation.Invalid) return null;
        Sketch sketch = trial.Sketch;
        CurrentMethods end = trial.Replay.End;
        if (!trial.Worlds[^1].SamePlaces(trial.Goal)) return $"ends at {trial.Worlds[^1]}, not at {trial.Goal}";
        int email = trial.IsHeld(Part.Email) || sketch.EmailWanted < 0 ? sketch.Email : sketch.EmailWanted;
        string? address = Concrete.Current(sketch with { Email = email }).Email?.Address;
        if (end.Email?.Address != address) return "the e-mail method is not as wanted";
        bool preferred = sketch.PreferredWanted == 0 || trial.IsHeld(Part.PreferredMethod) || end.Default.Is(Concrete.Preference(sketch.PreferredWanted));
        return preferred ? null : "the default is not as wanted";
    }

    public static string? What_is_as_wanted_or_unmanaged_is_not_written(Trial trial)
    {
        World start = trial.Worlds[0];
        foreach (Operation operation in trial.Plan.Operations)
        {
            int slot = operation switch
            {
                Operation.AddPhone add => (int)add.Slot,
                Operation.UpdatePhone update => (int)update.Slot,
                Operation.DeletePhone delete => (int)delete.Slot,
                _ => -1,
            };
            if (slot >= 0 && start[slot] == trial.Goal[slot]) return $"slot {slot} is written though it is right";
            if (operation.Part == Part.Email && trial.Sketch.EmailWanted < 0) return "the e-mail method is not managed";
        }

        return trial.Plan.Operations.Count(o => o.Part == Part.Email) > 1 ? "two writes of the e-mail method" : null;
    }

    public static string? An_impossible_goal_is_invalid_and_nothing_else_is(Trial trial)
    {
        bool invalid = trial.Plan.Situation == Situation.Invalid;
        if (invalid != Intent.IsInvalid(trial.Sketch)) return invalid ? "a possible goal is invalid" : "an impossible goal is planned";
        if (!invalid) return trial.Plan.Diagnostics.Any(d => d.Severity == Severity.Error) ? "an error on a valid row" : null;
        bool silent = trial.Plan.Operations.IsEmpty && trial.Plan.Held.IsEmpty && !trial.Plan.NeedsDefault && !trial.Plan.LosesLastPhone;
        return silent && trial.Plan.Diagnostics.Count(d => d.Severity == Severity.Error) == 1 ? null : "invalid, yet something else is reported than one error";
    }

    public static string? Sms_sign_in_is_switched_after_mobile_is_written_and_only_when_needed(Trial trial)
    {
        if (trial.Plan.Situation == Situation.Invalid) return null;
        int switched = trial.First(o => o is Operation.SwitchSmsSignIn);
        int written = trial.Last(o => o is Operation.AddPhone { Slot: PhoneType.Mobile } or Operation.UpdatePhone { Slot: PhoneType.Mobile });
        bool ready = trial.Start.SmsSignIn == SmsSignInState.Ready;
        bool unclear = trial.Start.SmsSignIn == SmsSignInState.Unknown;
        bool needed = trial.Goal.Mobile != 0 && !trial.IsHeld(Part.SmsSignIn) && trial.Sketch.SmsWanted switch
        {
            null => false,
            true => written >= 0 || !ready,
            false => written >= 0 || ready || unclear,
        };
        if (needed != switched >= 0) return needed ? "SMS sign-in is not switched" : "SMS sign-in is switched without need";
        if (needed && switched < written) return "SMS sign-in is switched before mobile is written";
        return trial.Count<Operation.SwitchSmsSignIn>() > 1 ? "SMS sign-in is switched twice" : null;
    }
}
