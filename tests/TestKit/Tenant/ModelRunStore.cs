using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Reconciliation;

namespace ProvisioningConnector.TestKit.Tenant;

/// <summary>A run store in memory that survives a <see cref="CrashPlan"/>, holds one run, and keeps every line of the journal.</summary>
public sealed class ModelRunStore(TimeProvider time) : IRunStore
{
    private readonly List<PlannedUser> _users = [];
    private readonly Dictionary<string, UserResult> _results = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _notes = [];
    private RunHead? _run;

    public CrashPlan Crash { get; set; } = CrashPlan.Never;

    public List<JournalEntry> Journal { get; } = [];

    public UserResult? ResultOf(string uid) => _results.GetValueOrDefault(uid);

    public async ValueTask BeginAsync(RunHead run, IAsyncEnumerable<PlannedUser> users, CancellationToken cancellation)
    {
        _run = run;
        await foreach (PlannedUser user in users.WithCancellation(cancellation)) _users.Add(user);
    }

    public ValueTask UpdateAsync(RunHead run, CancellationToken cancellation)
    {
        _run = run;
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<RunHead> RunsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        if (_run is not null) yield return _run;
    }

    public ValueTask<RunHead?> FindRunAsync(string runId, CancellationToken cancellation) => ValueTask.FromResult(_run?.RunId == runId ? _run : null);

    public async IAsyncEnumerable<RunUser> UsersAsync(string runId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (PlannedUser user in _users.OrderBy(u => u.Row.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            string uid = user.User?.Uid ?? string.Empty;
            UserResult? result = ResultOf(uid);
            yield return new RunUser(user, result)
            {
                Recorded = result is null ? Recorded(uid) : ImmutableDictionary<int, OperationResult>.Empty,
                OpenIntents = result is null ? await OpenIntentsAsync(runId, uid, cancellation) : [],
            };
        }
    }

    public ValueTask<ImmutableArray<int>> OpenIntentsAsync(string runId, string uid, CancellationToken cancellation)
    {
        ImmutableDictionary<int, OperationResult> recorded = Recorded(uid);
        return ValueTask.FromResult<ImmutableArray<int>>([.. Journal.Where(e => e.Uid == uid && e.Outcome is null && !recorded.ContainsKey(e.Index)).Select(e => e.Index).Distinct().Order()]);
    }

    public async ValueTask IntentAsync(string runId, string uid, int index, Operation operation, DateTimeOffset at, CancellationToken cancellation)
    {
        Crash.Reach(CrashPoint.BeforeIntent);
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        Journal.Add(new JournalEntry(uid, index, at, null));
        Crash.Reach(CrashPoint.AfterIntent);
    }

    public async ValueTask OutcomeAsync(string runId, string uid, int index, OperationResult result, CancellationToken cancellation)
    {
        Crash.Reach(CrashPoint.BeforeOutcome);
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        Journal.Add(new JournalEntry(uid, index, time.GetUtcNow(), result));
        Crash.Reach(CrashPoint.AfterOutcome);
    }

    public async ValueTask UserAsync(string runId, string uid, UserResult result, CancellationToken cancellation)
    {
        Crash.Reach(CrashPoint.BeforeResult);
        await Task.Yield();
        cancellation.ThrowIfCancellationRequested();
        if (_results.ContainsKey(uid)) throw new InvalidOperationException("A user's final result was written twice.");
        _results[uid] = result;
    }

    public ValueTask<bool> ClaimPlanAsync(string planId, string runId, DateTimeOffset at, CancellationToken cancellation) => ValueTask.FromResult(true);

    public ValueTask<ReadOnlyMemory<byte>> KeyAsync(string name, CancellationToken cancellation) => ValueTask.FromResult<ReadOnlyMemory<byte>>(new byte[32]);

    public ValueTask<string?> ReadNoteAsync(string name, CancellationToken cancellation) => ValueTask.FromResult(_notes.GetValueOrDefault(name));

    public ValueTask WriteNoteAsync(string name, string text, CancellationToken cancellation)
    {
        _notes[name] = text;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ImmutableDictionary<int, OperationResult> Recorded(string uid)
    {
        ImmutableDictionary<int, OperationResult>.Builder recorded = ImmutableDictionary.CreateBuilder<int, OperationResult>();
        foreach (JournalEntry entry in Journal)
        {
            if (entry.Uid == uid && entry.Outcome is { } outcome) recorded[entry.Index] = outcome;
        }

        return recorded.ToImmutable();
    }
}
