using System.Collections.Concurrent;
using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>What a run store remembers.</summary>
internal sealed class MemoryRuns(int seed)
{
    private readonly Lock _gate = new();
    private readonly List<(string RunId, string Uid, int Index, Operation Operation)> _intents = [];

    // What was written down last of each operation: an outcome, or null for an intent without one.
    private readonly Dictionary<(string RunId, string Uid), SortedDictionary<int, OperationResult?>> _written = [];
    private readonly Dictionary<string, SortedDictionary<long, RunUser>> _users = [];
    private readonly List<string> _order = [];

    // How to take back what was written since the last flush: an intent is on disk before it counts, and everything before it too.
    private readonly Stack<Action> _unflushed = [];

    public int Seed => seed;

    public ConcurrentDictionary<string, RunHeader> Heads { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, string> Claimed { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, string> Notes { get; } = new(StringComparer.Ordinal);

    public ImmutableArray<(string RunId, string Uid, int Index, Operation Operation)> Intents
    {
        get
        {
            lock (_gate) return [.. _intents];
        }
    }

    public void Begin(RunHeader run, SortedDictionary<long, RunUser> all)
    {
        lock (_gate)
        {
            if (!Heads.TryAdd(run.RunId, run)) throw new InvalidOperationException($"Run {run.RunId} was begun before.");
            _users[run.RunId] = all;
            _order.Add(run.RunId);
        }
    }

    public void Update(RunHeader run)
    {
        MustKnow(run.RunId);
        lock (_gate)
        {
            Heads[run.RunId] = run;
            _unflushed.Clear();
        }
    }

    public void Tear(int records)
    {
        lock (_gate)
        {
            for (; records > 0 && _unflushed.TryPop(out Action? undo); records--) undo();
        }
    }

    public void Intent(string runId, string uid, int index, Operation operation)
    {
        MustKnow(runId);
        lock (_gate)
        {
            _intents.Add((runId, uid, index, operation));
            Written(runId, uid)[index] = null;
            _unflushed.Clear();
        }
    }

    public void Outcome(string runId, string uid, int index, OperationResult result)
    {
        MustKnow(runId);
        lock (_gate)
        {
            SortedDictionary<int, OperationResult?> operations = Written(runId, uid);
            bool known = operations.TryGetValue(index, out OperationResult? before);
            operations[index] = result;
            _unflushed.Push(() =>
            {
                if (known) operations[index] = before;
                else operations.Remove(index);
            });
        }
    }

    public void User(string runId, string uid, UserResult result)
    {
        MustKnow(runId);
        lock (_gate)
        {
            SortedDictionary<long, RunUser> all = _users[runId];
            ImmutableArray<long> ordinals = [.. all.Where(pair => pair.Value.Planned.User?.Uid == uid).Select(pair => pair.Key)];
            if (ordinals.IsEmpty) throw new InvalidOperationException($"User {uid} is not part of run {runId}.");
            foreach (long ordinal in ordinals)
            {
                RunUser before = all[ordinal];
                all[ordinal] = before with { Result = result };
                _unflushed.Push(() => all[ordinal] = before);
            }
        }
    }

    public ImmutableArray<RunHeader> Newest()
    {
        lock (_gate)
        {
            return [.. _order.Select((id, at) => (Head: Heads[id], At: at)).OrderByDescending(run => run.Head.StartedAt)
                .ThenByDescending(run => run.At).Select(run => run.Head)];
        }
    }

    public ImmutableArray<RunUser> Users(string runId)
    {
        lock (_gate) return _users.TryGetValue(runId, out SortedDictionary<long, RunUser>? all) ? [.. all.Values.Select(user => Unfinished(runId, user))] : [];
    }

    public ImmutableArray<int> Open(string runId, string uid)
    {
        lock (_gate) return _written.TryGetValue((runId, uid), out SortedDictionary<int, OperationResult?>? operations)
            ? [.. operations.Where(one => one.Value is null).Select(one => one.Key)] : [];
    }

    public bool MayBeOnTheWay(string uid, string? besides)
    {
        lock (_gate) return _written.Any(one => one.Key.RunId != besides && string.Equals(one.Key.Uid, uid, StringComparison.OrdinalIgnoreCase)
            && one.Value.Values.Any(result => result is null or { Outcome: OperationOutcome.Unknown }));
    }

    private RunUser Unfinished(string runId, RunUser user)
    {
        if (user.Result is not null || user.Planned.User?.Uid is not { } uid
            || !_written.TryGetValue((runId, uid), out SortedDictionary<int, OperationResult?>? operations)) return user;
        return user with
        {
            Recorded = operations.Where(one => one.Value is not null and not { Error.Code: ExecutionCodes.NotStarted }).ToImmutableDictionary(one => one.Key,
                one => one.Value!),
            OpenIntents = Open(runId, uid),
        };
    }

    private SortedDictionary<int, OperationResult?> Written(string runId, string uid)
    {
        if (!_written.TryGetValue((runId, uid), out SortedDictionary<int, OperationResult?>? operations)) _written[(runId, uid)] = operations = [];
        return operations;
    }

    private void MustKnow(string runId)
    {
        if (!Heads.ContainsKey(runId)) throw new InvalidOperationException($"Run {runId} was never begun.");
    }
}
