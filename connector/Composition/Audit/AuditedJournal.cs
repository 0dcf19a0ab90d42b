using System.Collections.Concurrent;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Composition.Audit;

/// <summary>
/// A run's journal that also writes the audit chain: two records per operation, noted before the journal's own line, so
/// that both become durable together and cost no flush of their own.
/// </summary>
/// <param name="journal">The run's journal.</param>
/// <param name="trail">The chain.</param>
/// <param name="frame">What all records of the run have in common.</param>
/// <param name="digests">For the tags of masked values.</param>
/// <param name="time">The clock.</param>
internal sealed class AuditedJournal(IRunJournal journal, IAuditTrail trail, AuditEntry frame, KeyedDigests digests, TimeProvider time) : IEvidenceJournal
{
    private readonly ConcurrentDictionary<string, BegunUser> _users = new(StringComparer.Ordinal);

    /// <summary>Records which user begins: the row, and what an earlier process recorded.</summary>
    public void Begins(RunUser user)
    {
        if (user.Planned.User?.Uid is not { } uid) return;
        BegunUser reported = new(user.Planned.Row.Place.Row);
        foreach ((int index, OperationResult result) in user.Recorded) reported.Outcomes[index] = result.Outcome;
        _users[uid] = reported;
    }

    /// <inheritdoc/>
    public async ValueTask IntentAsync(string runId, string uid, int index, Operation operation, DateTimeOffset at, CancellationToken cancellation)
    {
        await trail.NoteAsync(Entry(uid, index, operation) with { At = at, Stage = AuditStage.Requested }, cancellation);
        await journal.IntentAsync(runId, uid, index, operation, at, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask OutcomeAsync(string runId, string uid, int index, OperationResult result, CancellationToken cancellation)
    {
        await RecordAsync(uid, index, result, cancellation);
        await journal.OutcomeAsync(runId, uid, index, result, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask UserAsync(string runId, string uid, UserResult result, CancellationToken cancellation)
    {
        for (int i = 0; i < result.Operations.Length; i++)
        {
            // When a later read contradicts the answer, the outcome is recorded again.
            bool known = _users.TryGetValue(uid, out BegunUser? reported) && reported.Outcomes.TryGetValue(i, out OperationOutcome outcome)
                && outcome == result.Operations[i].Outcome;
            if (!known) await RecordAsync(uid, i, result.Operations[i], cancellation);
        }

        await journal.UserAsync(runId, uid, result, cancellation);
        _users.TryRemove(uid, out _);
    }

    private ValueTask RecordAsync(string uid, int index, OperationResult result, CancellationToken cancellation)
    {
        if (_users.TryGetValue(uid, out BegunUser? reported)) reported.Outcomes[index] = result.Outcome;
        return trail.NoteAsync(Entry(uid, index, result.Operation).With(result) with { At = time.GetUtcNow() }, cancellation);
    }

    private AuditEntry Entry(string uid, int index, Operation operation)
    {
        OperationEntry masked = Masking.Mask(OperationEntries.From(operation), digests);
        return frame with
        {
            Type = AuditType.Operation,
            Uid = uid,
            Source = frame.Source is { } source && _users.TryGetValue(uid, out BegunUser? reported) ? source with { Row = reported.Row } : frame.Source,
            Operation = new AuditOperation(index, masked.Part, masked.Action, masked.Method, masked.Slot,
                masked.Id, masked.Before, masked.After, masked.Reason),
        };
    }

    /// <summary>What was recorded about a user.</summary>
    private sealed record BegunUser(long? Row)
    {
        /// <summary>Touched by the user's own flight only.</summary>
        public Dictionary<int, OperationOutcome> Outcomes { get; } = [];
    }
}
