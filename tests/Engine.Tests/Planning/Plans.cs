using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Tests.Planning;

/// <summary>Plans and shows them in a few words, so that a scenario reads as a rule: <c>add mobile</c>, <c>update office</c>, <c>prefer push</c>.</summary>
internal static class Plans
{
    public static UserPlan Plan(CurrentMethods user, DesiredMethods desired, PlanningPolicy? policy = null, Holds? holds = null, Account account = default) =>
        Planner.Plan(new PlanRequest(user, desired, policy ?? PlanningPolicy.Default, account, holds ?? Holds.None));

    public static string[] Writes(CurrentMethods user, DesiredMethods desired, PlanningPolicy? policy = null) => Writes(Plan(user, desired, policy));

    public static string[] Writes(UserPlan plan) => [.. plan.Operations.Select(o => $"{o.Action.Name()} {About(o)}")];

    public static string[] Held(UserPlan plan) => [.. plan.Held.Select(h => $"{h.Part.Name()}: {h.Code}")];

    public static string[] Codes(UserPlan plan) => [.. plan.Diagnostics.Select(d => d.Code)];

    private static string About(Operation operation) => operation switch
    {
        Operation.AddPhone add => $"{PhoneTypes.Name(add.Slot)} {add.Number.Canonical()}",
        Operation.UpdatePhone update => $"{PhoneTypes.Name(update.Slot)} {update.Number.Canonical()}",
        Operation.DeletePhone delete => PhoneTypes.Name(delete.Slot),
        Operation.AddEmail add => add.Address,
        Operation.UpdateEmail update => update.Address,
        Operation.RemoveMethod removal => removal.Method.Id,
        Operation.Prefer prefer => prefer.Method.Name(),
        _ => operation.Part.Name(),
    };
}
