using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Reconciliation;

/// <summary>Writes down, when a run has ended, who failed and who no longer does; some hundred users at a time.</summary>
public sealed class RetryBook(IRetryMemory memory, TimeProvider time, string tenantId)
{
    private const int BatchSize = IRetryMemory.MaxUsers;
    private readonly Dictionary<string, RetryVerdict?> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A user of the run, as it ended for him.</summary>
    public async ValueTask SeeAsync(RunUser user, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.Planned.User?.Uid is not { } uid) return;
        bool open = !user.Planned.Plan.Operations.IsEmpty && user.Result is null;
        if (open) return;
        _seen[uid] = RetryVerdict.Of(user);
        if (_seen.Count >= BatchSize) await FlushAsync(cancellation);
    }

    /// <summary>Writes down what is still waiting.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_seen.Count == 0) return;
        ImmutableDictionary<string, RetryEntry> before = await memory.FindAsync(tenantId, [.. _seen.Keys], cancellation);
        DateTimeOffset now = time.GetUtcNow();
        ImmutableArray<RetryEntry> failed =
        [
            .. _seen.Where(u => u.Value is not null).Select(u => RetryLadder.After(before.GetValueOrDefault(u.Key), u.Key, u.Value.GetValueOrDefault().Class, u.Value.GetValueOrDefault().Code, now)),
        ];
        ImmutableArray<string> well = [.. _seen.Where(u => u.Value is null && before.ContainsKey(u.Key)).Select(u => u.Key)];
        _seen.Clear();
        if (!failed.IsEmpty) await memory.SaveAsync(tenantId, failed, cancellation);
        if (!well.IsEmpty) await memory.ForgetAsync(tenantId, well, cancellation);
    }
}
