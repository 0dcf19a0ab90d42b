using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Tenant;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>
/// A run store in memory, with keys that depend on the seed only; passes the same suite as the one on disk. Hooks: it dies where a
/// <see cref="CrashPlan"/> says, survives it, and keeps every line of its journal.
/// </summary>
public sealed class MemoryRunStore : IRunStore
{
    private readonly MemoryRuns _state;
    private readonly TimeProvider? _time;
    private readonly ConcurrentDictionary<string, UserResult> _results = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Answers on the caller's thread.</summary>
    public MemoryRunStore(int seed = 1)
        : this(new MemoryRuns(seed))
    {
    }

    /// <summary>Writes in the virtual time of a world: others go on between a call and its answer. A user gets one result only.</summary>
    public MemoryRunStore(TimeProvider time)
        : this(new MemoryRuns(seed: 1)) => _time = time;

    private MemoryRunStore(MemoryRuns state) => _state = state;

    /// <summary>Where the process dies.</summary>
    public CrashPlan Crash { get; set; } = CrashPlan.Never;

    /// <summary>Every intent and outcome in the order of writing; only of a store with a time.</summary>
    public List<JournalEntry> Journal { get; } = [];

    /// <summary>Everything that was sent as an intent, in order; for checks that nothing was written to the tenant before it.</summary>
    public ImmutableArray<(string RunId, string Uid, int Index, Operation Operation)> Intents => _state.Intents;

    /// <summary>The last result of a user in any run.</summary>
    public UserResult? ResultOf(string uid) => _results.GetValueOrDefault(uid);

    /// <summary>Whether a request for a user may be on its way, as <see cref="MemoryLeases.MayBeOnTheWay"/> wants to know.</summary>
    public bool MayBeOnTheWay(string uid, string? besides) => _state.MayBeOnTheWay(uid, besides);

    /// <summary>A power cut: of the last outcomes and results, which no flush has followed, so many are not on the disk.</summary>
    public void Tear(int records) => _state.Tear(records);

    /// <summary>The store as another process would find it.</summary>
    public MemoryRunStore Reopen() => new(_state);

    /// <inheritdoc/>
    public async ValueTask BeginAsync(RunHeader run, IAsyncEnumerable<PlannedUser> users, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(users);
        if (_state.Heads.ContainsKey(run.RunId)) throw new InvalidOperationException($"Run {run.RunId} was begun before.");
        SortedDictionary<long, RunUser> all = [];
        await foreach (PlannedUser user in users.WithCancellation(cancellation)) all.Add(user.Row.Ordinal, new RunUser(user, null));
        _state.Begin(run, all);
    }

    /// <inheritdoc/>
    public ValueTask UpdateAsync(RunHeader run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        _state.Update(run);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask IntentAsync(string runId, string uid, int index, Operation operation, DateTimeOffset at, CancellationToken cancellation)
    {
        await ReachAsync(CrashPoint.BeforeIntent);
        cancellation.ThrowIfCancellationRequested();
        _state.Intent(runId, uid, index, operation);
        if (_time is not null) Journal.Add(new JournalEntry(uid, index, at, null));
        Crash.Reach(CrashPoint.AfterIntent);
    }

    /// <inheritdoc/>
    public async ValueTask OutcomeAsync(string runId, string uid, int index, OperationResult result, CancellationToken cancellation)
    {
        await ReachAsync(CrashPoint.BeforeOutcome);
        _state.Outcome(runId, uid, index, result);
        if (_time is { } time) Journal.Add(new JournalEntry(uid, index, time.GetUtcNow(), result));
        Crash.Reach(CrashPoint.AfterOutcome);
    }

    /// <inheritdoc/>
    public async ValueTask UserAsync(string runId, string uid, UserResult result, CancellationToken cancellation)
    {
        await ReachAsync(CrashPoint.BeforeResult);
        cancellation.ThrowIfCancellationRequested();
        if (!_results.TryAdd(uid, result) && _time is not null) throw new InvalidOperationException("A user's final result was written twice.");
        _results[uid] = result;
        _state.User(runId, uid, result);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RunHeader> RunsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (RunHeader run in _state.Newest().Where(run => run.Kind == RunKind.Run))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return run;
        }

        await ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RunHeader> SinglesAsync(bool unfinished, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (RunHeader run in _state.Newest()
            .Where(run => run.Kind == RunKind.OneUser && (!unfinished || run.Outcome is RunOutcome.Running or RunOutcome.Interrupted)))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return run;
        }

        await ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<RunHeader?> FindRunAsync(string runId, CancellationToken cancellation) => ValueTask.FromResult(_state.Heads.GetValueOrDefault(runId));

    /// <inheritdoc/>
    public async IAsyncEnumerable<RunUser> UsersAsync(string runId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (RunUser user in _state.Users(runId))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return user;
        }

        await ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<int>> OpenIntentsAsync(string runId, string uid, CancellationToken cancellation) =>
        ValueTask.FromResult(_state.Open(runId, uid));

    /// <inheritdoc/>
    public ValueTask<bool> ClaimPlanAsync(string planId, string runId, DateTimeOffset at, CancellationToken cancellation) =>
        ValueTask.FromResult(_state.Claimed.TryAdd(planId, runId));

    /// <inheritdoc/>
    public ValueTask<string?> FindClaimAsync(string planId, CancellationToken cancellation) => ValueTask.FromResult(_state.Claimed.GetValueOrDefault(planId));

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> KeyAsync(string name, CancellationToken cancellation) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>>(SHA256.HashData(Encoding.UTF8.GetBytes($"{_state.Seed}:{name}")));

    /// <inheritdoc/>
    public ValueTask<string?> ReadNoteAsync(string name, CancellationToken cancellation) => ValueTask.FromResult(_state.Notes.GetValueOrDefault(name));

    /// <inheritdoc/>
    public ValueTask WriteNoteAsync(string name, string text, CancellationToken cancellation)
    {
        _state.Notes[name] = text;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ChangeNoteAsync(string name, Func<string?, string> change, CancellationToken cancellation)
    {
        lock (_state.Notes) _state.Notes[name] = change(_state.Notes.GetValueOrDefault(name));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask ReachAsync(CrashPoint point)
    {
        Crash.Reach(point);
        if (_time is not null) await Task.Yield();
    }
}
