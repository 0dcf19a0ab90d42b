using System.Collections.Immutable;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.TestKit.Tenant;

/// <summary>A run store in memory that dies where a <see cref="CrashPlan"/> says, survives it, and keeps every line of its journal.</summary>
public sealed class ModelRunStore(TimeProvider time) : IRunStore
{
    private readonly MemoryRunStore _inner = new();
    private readonly Dictionary<string, UserResult> _results = new(StringComparer.OrdinalIgnoreCase);

    public CrashPlan Crash { get; set; } = CrashPlan.Never;

    public List<JournalEntry> Journal { get; } = [];

    public UserResult? ResultOf(string uid) => _results.GetValueOrDefault(uid);

    public async ValueTask IntentAsync(string runId, string uid, int index, Operation operation, DateTimeOffset at, CancellationToken cancellation)
    {
        Crash.Reach(CrashPoint.BeforeIntent);
        await Task.Yield();
        await _inner.IntentAsync(runId, uid, index, operation, at, cancellation);
        Journal.Add(new JournalEntry(uid, index, at, null));
        Crash.Reach(CrashPoint.AfterIntent);
    }

    public async ValueTask OutcomeAsync(string runId, string uid, int index, OperationResult result, CancellationToken cancellation)
    {
        Crash.Reach(CrashPoint.BeforeOutcome);
        await Task.Yield();
        await _inner.OutcomeAsync(runId, uid, index, result, cancellation);
        Journal.Add(new JournalEntry(uid, index, time.GetUtcNow(), result));
        Crash.Reach(CrashPoint.AfterOutcome);
    }

    public async ValueTask UserAsync(string runId, string uid, UserResult result, CancellationToken cancellation)
    {
        Crash.Reach(CrashPoint.BeforeResult);
        await Task.Yield();
        if (!_results.TryAdd(uid, result)) throw new InvalidOperationException("A user's final result was written twice.");
        await _inner.UserAsync(runId, uid, result, cancellation);
    }

    public ValueTask BeginAsync(RunHeader run, IAsyncEnumerable<PlannedUser> users, CancellationToken cancellation) =>
        _inner.BeginAsync(run, users, cancellation);

    public ValueTask UpdateAsync(RunHeader run, CancellationToken cancellation) => _inner.UpdateAsync(run, cancellation);

    public IAsyncEnumerable<RunHeader> RunsAsync(CancellationToken cancellation) => _inner.RunsAsync(cancellation);

    public IAsyncEnumerable<RunHeader> SinglesAsync(bool unfinished, CancellationToken cancellation) => _inner.SinglesAsync(unfinished, cancellation);

    public ValueTask<RunHeader?> FindRunAsync(string runId, CancellationToken cancellation) => _inner.FindRunAsync(runId, cancellation);

    public IAsyncEnumerable<RunUser> UsersAsync(string runId, CancellationToken cancellation) => _inner.UsersAsync(runId, cancellation);

    public ValueTask<ImmutableArray<int>> OpenIntentsAsync(string runId, string uid, CancellationToken cancellation) =>
        _inner.OpenIntentsAsync(runId, uid, cancellation);

    public ValueTask<bool> ClaimPlanAsync(string planId, string runId, DateTimeOffset at, CancellationToken cancellation) =>
        _inner.ClaimPlanAsync(planId, runId, at, cancellation);

    public ValueTask<ReadOnlyMemory<byte>> KeyAsync(string name, CancellationToken cancellation) => _inner.KeyAsync(name, cancellation);

    public ValueTask<string?> ReadNoteAsync(string name, CancellationToken cancellation) => _inner.ReadNoteAsync(name, cancellation);

    public ValueTask WriteNoteAsync(string name, string text, CancellationToken cancellation) => _inner.WriteNoteAsync(name, text, cancellation);

    public ValueTask DisposeAsync() => _inner.DisposeAsync();
}
