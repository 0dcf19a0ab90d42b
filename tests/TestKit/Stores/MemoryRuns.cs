using System.Collections.Concurrent;
using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Reconciliation;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>What a run store remembers.</summary>
internal sealed class MemoryRuns(int seed)
{
    private readonly Lock gate = new();
    private readonly List<(string RunId, string Uid, int Index, Operation Operation)> intents = [];
    private readonly HashSet<(string RunId, string Uid, int Index)> open = [];
    private readonly Dictionary<string, SortedDictionary<long, RunUser>> users = [];
    private readonly List<string> order = [];

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
        Heads[run.RunId] = run;
    }

    public void Intent(string runId, string uid, int index, Operation operation)
    {
        MustKnow(runId);
        lock (gate)
        {
            intents.Add((runId, uid, index, operation));
            open.Add((runId, uid, index));
        }
    }

    public void Outcome(string runId, string uid, int index)
    {
        MustKnow(runId);
        lock (gate) open.Remove((runId, uid, index));
    }

    public void User(string runId, string uid, UserResult result)
    {
        MustKnow(runId);
        lock (gate)
        {
            SortedDictionary<long, RunUser> all = users[runId];
            ImmutableArray<long> ordinals = [.. all.Where(pair => pair.Value.Planned.User?.Uid == uid).Select(pair => pair.Key)];
            if (ordinals.IsEmpty) throw new InvalidOperationException($"User {uid} is not part of run {runId}.");
            foreach (long ordinal in ordinals) all[ordinal] = all[ordinal] with { Result = result };
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
        lock (gate) return users.TryGetValue(runId, out SortedDictionary<long, RunUser>? all) ? [.. all.Values] : [];
    }

    public ImmutableArray<int> Open(string runId, string uid)
    {
        lock (gate) return [.. open.Where(one => one.RunId == runId && one.Uid == uid).Select(one => one.Index).Order()];
    }

    private void MustKnow(string runId)
    {
        if (!Heads.ContainsKey(runId)) throw new InvalidOperationException($"Run {runId} was never begun.");
    }
}
