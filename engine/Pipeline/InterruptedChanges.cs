using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>
/// Finds changes whose process died and writes down what became of them. It sends nothing: who wanted the change repeats it, and may want
/// something else by now.
/// </summary>
public sealed class InterruptedChanges(PipelinePorts ports, PipelineSettings settings)
{
    /// <summary>Settles all changes of this tenant that no one works on any more; to be called at the start, and now and then.</summary>
    /// <returns>How many were settled.</returns>
    public async Task<int> SettleAsync(CancellationToken cancellation)
    {
        List<RunHeader> open = [];
        await foreach (RunHeader run in ports.Store.SinglesAsync(unfinished: true, cancellation))
        {
            if (string.Equals(run.Plan.Tenant.Id, ports.Tenant.Identity.Id, StringComparison.OrdinalIgnoreCase)) open.Add(run);
        }

        int settled = 0;
        foreach (RunHeader run in open)
        {
            await foreach (RunUser user in ports.Store.UsersAsync(run.RunId, cancellation))
            {
                if (await SettleAsync(run, user, cancellation)) settled++;
            }
        }

        return settled;
    }

    /// <summary>False when someone still holds the user: then the change may be going on, or its last request may still land.</summary>
    private async ValueTask<bool> SettleAsync(RunHeader run, RunUser user, CancellationToken cancellation)
    {
        if (user.Planned.User?.Uid is not { } uid) return false;
        (HeldUserLock? held, _) = await HeldUserLock.TryAsync(
            ports.Locks, settings.LockOn(ports.Tenant.Identity.Id, uid, $"settles-{run.RunId}", run.RunId), settings.Terms, ports.Time, cancellation);
        if (held is null) return false;
        await using (held)
        {
            // It may have ended before we had the user.
            if (await ports.Store.FindRunAsync(run.RunId, cancellation) is not { Outcome: RunOutcome.Running or RunOutcome.Interrupted } now) return false;
            MethodsReading reading = (await ports.Reads.ReadAsync([UserRead.For(uid, user.Planned.Row.Desired)], cancellation))[0];
            CurrentMethods? current = (reading as MethodsReading.Complete)?.Methods;
            if (current is null && reading is MethodsReading.Failed) return false;
            UserResult result = user.Result ?? Judge(user, current);
            IEvidence evidence = ports.Evidence(now.AppliedBy);
            IEvidenceJournal journal = evidence.Journal(now, ports.Store);
            journal.Begins(user);
            await journal.UserAsync(run.RunId, uid, result, cancellation);
            await ports.SignInsOf(now.Plan).ConcludeAsync(user with { Result = result }, cancellation);
            RunHeader ended = UserChangeRun.End(now, new RunUser(user.Planned, result), result, ports.Time.GetUtcNow()) with
            {
                Diagnostics = [.. now.Diagnostics,
                    Diagnostic.Warning("interrupted",
                        "The process that made this change stopped before it finished. "
                        + "Operations that were not sent then are not sent later; make the change again if it is still needed.")],
            };
            await ports.Store.UpdateAsync(ended, cancellation);
            await evidence.EndsAsync(ended, cancellation);
            return true;
        }
    }

    private UserResult Judge(RunUser user, CurrentMethods? current)
    {
        ImmutableArray<OperationResult> operations = [.. user.Planned.Plan.Operations.Select((operation, i) => Judge(user, i, operation, current))];
        UserMove move = new(user.Planned);
        foreach (OperationResult result in operations) move.Recall(result);
        if (current is not null) move.Observe(current);
        return new UserResult
        {
            Operations = operations, MethodsNow = current?.UsableCount, LostSmsSignIn = move.IsLost, Diagnostics = move.IsLost ? [UserMove.Lost] : [],
        };
    }

    private OperationResult Judge(RunUser user, int index, Operation operation, CurrentMethods? current)
    {
        if (user.Recorded.TryGetValue(index, out OperationResult? known)) return known;
        if (!user.OpenIntents.Contains(index))
        {
            return new OperationResult(operation, OperationOutcome.Skipped, Error: new OperationError(
                ExecutionCodes.NotStarted, "The process ended before this operation was sent. Make the change again."));
        }

        return current is not null && ApprovedOperations.IsInPlace(operation, current)
            ? new OperationResult(operation, OperationOutcome.Done, VerifiedAt: ports.Time.GetUtcNow())
            : new OperationResult(operation, OperationOutcome.Unknown, Error: new OperationError(
                ExecutionCodes.NoTrustworthyAnswer,
                "The process ended before an answer arrived, and the user does not show the effect. Make the change again."));
    }
}
