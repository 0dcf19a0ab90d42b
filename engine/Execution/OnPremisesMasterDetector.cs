using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>Notices, on every read, that something deleted was gone and came back: something else masters it (docs/safety.md#verification).</summary>
internal static class OnPremisesMasterDetector
{
    public static void Observe(UserExecutionState work, CurrentMethods current)
    {
        for (int i = 0; i < work.Approved.Length; i++)
        {
            if (work.Result(i) is not { Outcome: OperationOutcome.Done } result || work.IsOverwritten(i)) continue;
            if (work.Approved[i].Action != OperationAction.Delete) continue;
            if (ApprovedOperations.IsInPlace(work.Approved[i], current)) work.SeenGone.Add(i);
            else if (work.SeenGone.Contains(i)
            && IsBack(work.Approved[i], current)) work.Amend(i,
                result with { Outcome = OperationOutcome.Failed, VerifiedAt = null, Error = MasteredElsewhere });
        }
    }

    /// <summary>Whether the very value that was deleted is there. Another value in its place is someone's new one, or one from before.</summary>
    private static bool IsBack(Operation operation, CurrentMethods current) => operation switch
    {
        Operation.DeletePhone delete => current[delete.Slot] == delete.Before,
        Operation.DeleteEmail delete => current.Email is { } email && email.Holds(delete.Before.Address),
        Operation.RemoveMethod => true,
        _ => false,
    };

    private static OperationError MasteredElsewhere { get; } = new(ExecutionCodes.MasteredOnPremises,
        "The tenant accepted the deletion and confirmed it, and later returned the value again: another system owns it, probably the on-premises directory. "
        + "Remove it there. Trying again here does not help.");
}
