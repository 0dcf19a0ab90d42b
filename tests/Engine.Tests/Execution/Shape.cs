using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>One user's two states and policy, with the plan between them.</summary>
internal sealed record Shape(CurrentMethods Current, DesiredMethods Desired, PlanningPolicy Policy)
{
    public UserPlan Plan { get; } = PlanOf(Current, Desired, Policy);

    /// <summary>What the plan does, for telling shapes apart.</summary>
    public string Text => string.Join(' ', Plan.Operations.Select(Name)) + (Policy.SameNumberInTwoSlots == SameNumberPolicy.Avoid ? " avoid" : "")
        + (Policy.LastMethod == LastMethodPolicy.Allow ? " last" : "") + $" from {Current.PhoneCount}+{Current.OtherUsableCount}";

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
