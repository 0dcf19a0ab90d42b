using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>One user's two states and policy, with the plan between them.</summary>
internal sealed record Shape(CurrentMethods Current, DesiredMethods Desired, PlanningPolicy Policy)
{
    public UserPlan Plan { get; } = PlanOf(Current, Desired, Policy);

    /// <summary>What the plan does, to distinguish shapes.</summary>
    public string Text => string.Join(' ', Plan.Operations.Select(Name)) + (Policy.SameNumberInTwoSlots == SameNumberPolicy.Avoid ? " avoid" : "")
        + (Policy.LastMethod == LastMethodPolicy.Allow ? " last" : "") + $" from {Current.PhoneCount}+{Current.OtherUsableCount}";

    /// <summary>
    /// Whether the phones can still be planned from every state on the way. Under <c>Avoid</c> one move cannot: an only pair mobile and
    /// alternateMobile going to office parks the second number there, and until then that number stands nowhere in the tenant.
    /// </summary>
    public bool CanBeTakenUp()
    {
        CurrentMethods now = Current;
        foreach (Operation operation in Plan.Operations)
        {
            if (operation.Part != Part.Phones) continue;
            PhoneSlots slots = PhoneSlots.From(now).After(operation);
            now = now with { Mobile = slots.Mobile, AlternateMobile = slots.AlternateMobile, Office = slots.Office };
            if (PlanOf(now, Desired, Policy).Held.Any(h => h.Code == HoldCodes.SameNumberInTwoSlots)) return false;
        }

        return true;
    }

    private static string Name(Operation operation) => operation switch
    {
        Operation.AddPhone add => $"+{add.Slot}",
        Operation.UpdatePhone update => $"~{update.Slot}",
        Operation.DeletePhone delete => $"-{delete.Slot}",
        Operation.RemoveMethod removal => $"-{removal.Method.Kind}",
        _ => operation.GetType().Name,
    };

    private static UserPlan PlanOf(CurrentMethods current, DesiredMethods desired, PlanningPolicy policy)
    {
        CurrentMethods unread = current with { Default = DefaultMethod.NotRead };
        UserPlan plan = Planner.Plan(new PlanRequest(unread, desired, policy, default, Holds.None));
        return plan.NeedsDefault ? Planner.Plan(new PlanRequest(current, desired, policy, default, Holds.None)) : plan;
    }
}
