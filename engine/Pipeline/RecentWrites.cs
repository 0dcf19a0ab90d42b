using System.Collections.Concurrent;
using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>
/// What this process wrote a moment ago. The tenant's copies lag: a read that does not show it yet is older than our write, or someone else
/// was there since; it is made again before anything is decided on it.
/// </summary>
internal sealed class RecentWrites(TimeProvider time, TimeSpan age)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private long _sweepAt = time.GetTimestamp();

    public void Note(string uid, UserResult result)
    {
        Sweep();
        ImmutableArray<Operation> done = [.. result.Operations.Where(o => o.Outcome == OperationOutcome.Done
            && ApprovedOperations.IsShownByMethods(o.Operation)).Select(o => o.Operation)];
        if (done.IsEmpty) return;
        _entries[uid] = new Entry(time.GetTimestamp(), [.. done.Where((o, i) => !done.Skip(i + 1).Any(later => IsSameSlot(o, later)))]);
    }

    /// <summary>Whether a state shows what was written, as far as it must.</summary>
    public bool IsShown(string uid, CurrentMethods current) =>
        !_entries.TryGetValue(uid, out Entry? entry) || time.GetElapsedTime(entry.At) > age
        || entry.Operations.All(o => ApprovedOperations.IsInPlace(o, current));

    /// <summary>It was waited for and did not show: someone else's change is believed from now on.</summary>
    public void Forget(string uid) => _entries.TryRemove(uid, out _);

    private static bool IsSameSlot(Operation one, Operation other) => ApprovedOperations.SlotOf(one) is { } slot && ApprovedOperations.SlotOf(other) == slot;

    private void Sweep()
    {
        if (time.GetElapsedTime(_sweepAt) < age) return;
        _sweepAt = time.GetTimestamp();
        foreach ((string uid, Entry entry) in _entries)
        {
            if (time.GetElapsedTime(entry.At) > age) _entries.TryRemove(new KeyValuePair<string, Entry>(uid, entry));
        }
    }

    private sealed record Entry(long At, ImmutableArray<Operation> Operations);
}
