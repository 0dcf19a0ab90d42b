using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Incremental;

/// <summary>What operations may change, side effects of the service included: a number belongs
/// to SMS sign-in, and what comes or goes may move the default method.</summary>
internal static class AttemptedValues
{
    public static ManagedValues From(UserPlan plan) => plan.Operations.Aggregate(ManagedValues.None, (all, operation) => all | From(operation));

    private static ManagedValues From(Operation operation) => operation switch
    {
        Operation.AddPhone add => From(add.Slot),
        Operation.UpdatePhone update => From(update.Slot),
        Operation.DeletePhone delete => From(delete.Slot),
        Operation.AddEmail or Operation.UpdateEmail or Operation.DeleteEmail => ManagedValues.Email,
        Operation.RemoveMethod or Operation.DeactivateToken => ManagedValues.Removals | ManagedValues.RemovalsWanted | ManagedValues.PreferredMethod,
        Operation.SwitchSmsSignIn => ManagedValues.SmsSignIn,
        Operation.Prefer => ManagedValues.PreferredMethod,
        Operation.ResetPassword or Operation.IssuePass or Operation.AddMember or Operation.RemoveMember => ManagedValues.None,
        _ => throw new InvalidOperationException($"An operation is of an unknown kind: {operation.GetType().Name}."),
    };

    private static ManagedValues From(PhoneType slot) => slot switch
    {
        PhoneType.Mobile => ManagedValues.Mobile | ManagedValues.SmsSignIn | ManagedValues.PreferredMethod,
        PhoneType.AlternateMobile => ManagedValues.AlternateMobile | ManagedValues.PreferredMethod,
        PhoneType.Office => ManagedValues.Office | ManagedValues.PreferredMethod,
    };
}
