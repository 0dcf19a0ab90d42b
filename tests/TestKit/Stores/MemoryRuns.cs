using System.Collections.Concurrent;
using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>What a run store remembers.</summary>
internal sealed class MemoryRuns(int seed)
{
    private readonly Lock gate = new();
    private readonly List<(string RunId, string Uid, int Index, Operation Operation)> intents = [];

    // What was written down last of each operation: an outcome, or null for an intent without one.
    private readonly Dictionary<(string RunId, string Uid), SortedDictionary<int, OperationResult?>> written = [];
    private readonly Dictionary<string, SortedDictionary<long, RunUser>> users = [];
    private readonly List<string> order = [];

    // How to take back what was written since the last flush: an intent is on disk before it counts, and everything before it too.
    private readonly Stack<Action> unflushed = [];

    public int Seed => seed;

    public ConcurrentDictionary<string, RunHead> Heads { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, string> Claimed { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, string> Notes { get; } = new(StringComparer.Ordinal);

    public ImmutableArray<(string RunId, string Uid, int Index, Operation Operation)> Intents
    {
        get
        {
            lock (gate) return [.. intents];
        }
    }

    public void Begin(RunHead run, SortedDictionary<long, RunUser> all)
    {
        lock (gate)
        {
            if (!Heads.TryAdd(run.RunId, run)) throw new InvalidOperationException($"Run {run.RunId} was begun before.");
            users[run.RunId] = all;
            order.Add(run.RunId);
        }
    }

    public void Update(RunHead run)
    {
        MustKnow(run.RunId);
        lock (gate)
        {
            Heads[run.RunId] = run;
            unflushed.Clear();
        }
    }

    public void Tear(int records)
    {
        lock (gate)
        {
            for (; records > 0 && unflushed.TryPop(out Action? undo); records--) undo();
        }
    }

    public void Intent(string runId, string uid, int index, Operation operation)
    {
        MustKnow(runId);
        lock (gate)
        {
            intents.Add((runId, uid, index, operation));
            Written(runId, uid)[index] = null;
            unflushed.Clear();
        }
    }

    public void Outcome(string runId, string uid, int index, OperationResult result)
    {
        MustKnow(runId);
        lock (gate)
        {
            SortedDictionary<int, OperationResult?> operations = Written(runId, uid);
            bool known = operations.TryGetValue(index, out OperationResult? before);
            operations[index] = result;
            unflushed.Push(() =>
            {
                if (known) operations[index] = before;
                else operations.Remove(index);
            });
        }
    }

    public void User(string runId, string uid, UserResult result)
    {
        MustKnow(runId);
        lock (gate)
        {
            SortedDictionary<long, RunUser> all = users[runId];
            ImmutableArray<long> ordinals = [.. all.Where(pair => pair.Value.Planned.User?.Uid == uid).Select(pair => pair.Key)];
            if (ordinals.IsEmpty) throw new InvalidOperationException($"User {uid} is not part of run {runId}.");
            foreach (long ordinal in ordinals)
            {
                RunUser before = all[ordinal];
                all[ordinal] = before with { Result = result };
                unflushed.Push(() => all[ordinal] = before);
            }
        }
    }

    public ImmutableArray<RunHead> Newest()
    {
        lock (gate)
        {
            return [.. order.Select((id, at) => (Head: Heads[id], At: at)).OrderByDescending(run => run.Head.StartedAt).ThenByDescending(run => run.At).Select(run => run.Head)];
        }
    }

    public ImmutableArray<RunUser> Users(string runId)
    {
        lock (gate) return users.TryGetValue(runId, out SortedDictionary<long, RunUser>? all) ? [.. all.Values.Select(user => Unfinished(runId, user))] : [];
    }

    public ImmutableArray<int> Open(string runId, string uid)
    {
        lock (gate) return written.TryGetValue((runId, uid), out var operations) ? [.. operations.Where(one => one.Value is null).Select(one => one.Key)] : [];
    }

    private RunUser Unfinished(string runId, RunUser user)
    {
        if (user.Result is not null || user.Planned.User?.Uid is not { } uid || !written.TryGetValue((runId, uid), out var operations)) return user;
        return user with
        {
            Recorded = operations.Where(one => one.Value is not null and not { Error.Code: ExecutionCodes.NotStarted }).ToImmutableDictionary(one => one.Key, one => one.Value!),
            OpenIntents = Open(runId, uid),
        };
    }

    private SortedDictionary<int, OperationResult?> Written(string runId, string uid)
    {
        if (!written.TryGetValue((runId, uid), out var operations)) written[(runId, uid)] = operations = [];
        return operations;
    }

    private void MustKnow(string runId)
    {
        if (!Heads.ContainsKey(runId)) throw new InvalidOperationException($"Run {runId} was never begun.");
    }
}
