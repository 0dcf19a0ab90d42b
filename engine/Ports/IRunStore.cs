using System.Collections.Immutable;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>What one execution writes down: intent before a request leaves, outcome after it (docs/safety.md#journal-and-recovery). Any call may end in a
/// <see cref="StoreException"/>; then nothing more may be sent.</summary>
public interface IRunJournal
{
    /// <summary>Durable before the request leaves.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="uid">The user's object id.</param>
    /// <param name="index">Position of the operation in the user's plan.</param>
    /// <param name="operation">What is about to be sent.</param>
    /// <param name="at">When.</param>
    /// <param name="cancellation">Stops waiting; the intent may or may not have been written.</param>
    ValueTask IntentAsync(string runId, string uid, int index, Operation operation, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>
    /// What became of one operation, sent or not; closes its latest intent. It may become durable only with the next intent, user
    /// or head: a crash in between leaves the operation open, so that the user is read again.
    /// </summary>
    ValueTask OutcomeAsync(string runId, string uid, int index, OperationResult result, CancellationToken cancellation);

    /// <summary>What became of one user, durable when it returns; replaces an earlier result;
    /// final unless the user is planned anew at the end of the run.</summary>
    ValueTask UserAsync(string runId, string uid, UserResult result, CancellationToken cancellation);
}

/// <summary>Memory across runs: runs, their plans and outcomes, applied plans, keys.</summary>
public interface IRunStore : IRunJournal, IAsyncDisposable
{
    /// <summary>Writes down a run and everybody in its plan who is not equal, before the first
    /// write to the tenant. A run whose beginning fails is not there.</summary>
    ValueTask BeginAsync(RunHeader run, IAsyncEnumerable<PlannedUser> users, CancellationToken cancellation);

    /// <summary>Replaces the head of a run: resumed, ended, counted. Durable when it returns.</summary>
    ValueTask UpdateAsync(RunHeader run, CancellationToken cancellation);

    /// <summary>Runs, newest first; changes of single users are not among them.</summary>
    IAsyncEnumerable<RunHeader> RunsAsync(CancellationToken cancellation);

    /// <summary>Changes of single users (<see cref="RunKind.OneUser"/>), newest first.</summary>
    /// <param name="unfinished">Only those that never came to their end.</param>
    /// <param name="cancellation">Stops.</param>
    IAsyncEnumerable<RunHeader> SinglesAsync(bool unfinished, CancellationToken cancellation);

    ValueTask<RunHeader?> FindRunAsync(string runId, CancellationToken cancellation);

    /// <summary>
    /// Whether a run of this tenant (its id, ignoring case) came to its end (succeeded or partial). A store without one has no memory of the tenant:
    /// drift, limits over time and undo have nothing to go by.
    /// </summary>
    async ValueTask<bool> HasFinishedRunAsync(string tenantId, CancellationToken cancellation)
    {
        await foreach (RunHeader run in RunsAsync(cancellation).WithCancellation(cancellation))
        {
            if (string.Equals(run.Plan.Tenant.Id, tenantId, StringComparison.OrdinalIgnoreCase)
                && run.Outcome is (RunOutcome.Succeeded or RunOutcome.Partial)) return true;
        }

        return false;
    }

    /// <summary>What the journal of a run holds, counted: the same as counting <see cref="UsersAsync"/>, and quick for any number of users.</summary>
    ValueTask<JournalCount> CountAsync(string runId, CancellationToken cancellation) => JournalCount.OfAsync(UsersAsync(runId, cancellation), cancellation);

    /// <summary>A run's users in source order; none when they were forgotten.</summary>
    IAsyncEnumerable<RunUser> UsersAsync(string runId, CancellationToken cancellation);

    /// <summary>Operations of a user, in order, whose latest intent has no outcome: they may have been applied.</summary>
    ValueTask<ImmutableArray<int>> OpenIntentsAsync(string runId, string uid, CancellationToken cancellation);

    /// <summary>Marks a saved plan as applied; false when it already was.</summary>
    ValueTask<bool> ClaimPlanAsync(string planId, string runId, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>The run that a saved plan was applied by; null: it was not applied.</summary>
    ValueTask<string?> FindClaimAsync(string planId, CancellationToken cancellation);

    /// <summary>A 32-byte secret of this store, made at the first call with this name and then always the same.</summary>
    ValueTask<ReadOnlyMemory<byte>> KeyAsync(string name, CancellationToken cancellation);

    /// <summary>A small text kept between runs (learned rates); null when there is none.</summary>
    ValueTask<string?> ReadNoteAsync(string name, CancellationToken cancellation);

    ValueTask WriteNoteAsync(string name, string text, CancellationToken cancellation);

    /// <summary>Replaces a note by what it becomes; no other process changes it in between.</summary>
    /// <param name="name">Of the note.</param>
    /// <param name="change">From the present text, null when there is none, to the new one. May be called more than once.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask ChangeNoteAsync(string name, Func<string?, string> change, CancellationToken cancellation);
}
