using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Host.Composition;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Host.Runs;

/// <summary>The report of a run. Users whom an ended run never came to are told as skipped, as its sums count them (design 8, 10).</summary>
internal static class RunReport
{
    private const string BlockedCode = "blocked";

    public static Report Of(Workspace workspace, RunHead run) => Of(workspace.Store, workspace.Digests, run);

    public static Report Of(IRunStore store, KeyedDigests digests, RunHead run) =>
        Report.Of(run, cancellation => UsersAsync(store.UsersAsync(run.RunId, cancellation), run.Outcome, cancellation), digests);

    private static async IAsyncEnumerable<RunUser> UsersAsync(
        IAsyncEnumerable<RunUser> users, RunOutcome outcome, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (RunUser user in users.WithCancellation(cancellation))
        {
            bool neverCameTo = outcome != RunOutcome.Running && user is { Result: null, Recorded.IsEmpty: true, OpenIntents.IsEmpty: true } && !user.Planned.Plan.Operations.IsEmpty;
            yield return neverCameTo ? user with { Result = Skipped(user.Planned, outcome) } : user;
        }
    }

    private static UserResult Skipped(PlannedUser user, RunOutcome outcome)
    {
        OperationError why = outcome == RunOutcome.Blocked
            ? new OperationError(BlockedCode, "The run was blocked as a whole; nothing was sent.")
            : new OperationError(ExecutionCodes.NotStarted, "The run ended before it came to this user; nothing was sent. Resume the run to go on.");
        return new UserResult { Operations = [.. user.Plan.Operations.Select(o => new OperationResult(o, OperationOutcome.Skipped, Error: why))] };
    }
}
