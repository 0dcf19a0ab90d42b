using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>Leases and locks in memory, as plain as their contracts read; pass the same suite as those on disk.</summary>
public sealed class MemoryLeases : ITenantLease, IUserLocks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LeaseRecord> _leases = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Tenant, string Uid), UserLock> _locks = [];

    /// <summary>Whether a request for a user may be on its way; by object id and the run not to ask; reported by the run store that goes with it.</summary>
    public Func<string, string?, bool> MayBeOnTheWay { get; init; } = (_, _) => false;

    /// <summary>Called with every lease that was taken.</summary>
    public Action<LeaseRecord> Taken { get; set; } = _ => { };

    /// <inheritdoc/>
    public ValueTask<LeaseRecord?> ReadAsync(string tenantId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_gate) return ValueTask.FromResult(_leases.GetValueOrDefault(tenantId));
    }

    /// <inheritdoc/>
    public ValueTask<bool> TakeAsync(LeaseRecord wanted, LeaseRecord? seen, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            LeaseRecord? now = _leases.GetValueOrDefault(wanted.TenantId);
            if (now?.Epoch != seen?.Epoch || now?.Beat != seen?.Beat) return ValueTask.FromResult(false);
            _leases[wanted.TenantId] = wanted;
            Taken(wanted);
            return ValueTask.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> KeepAsync(LeaseRecord wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (!_leases.TryGetValue(wanted.TenantId, out LeaseRecord? now) || now.Epoch != wanted.Epoch
                || now.ReleasedAt is not null) return ValueTask.FromResult(false);
            _leases[wanted.TenantId] = wanted;
            foreach (((string tenant, string uid), UserLock one) in _locks.ToArray())
            {
                if (!string.Equals(tenant, wanted.TenantId, StringComparison.OrdinalIgnoreCase)) continue;
                if (wanted.ReleasedAt is not null && one.Epoch <= wanted.Epoch) _locks.Remove((tenant, uid));
                else if (wanted.ReleasedAt is null && one.Epoch == wanted.Epoch) _locks[(tenant, uid)] = one with { Until = wanted.Until };
            }

            return ValueTask.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> MayBeOnTheWayAsync(string tenantId, string uid, string? besides, CancellationToken cancellation) =>
        ValueTask.FromResult(MayBeOnTheWay(uid, besides));

    /// <inheritdoc/>
    public ValueTask<UserLock?> AcquireAsync(UserLock wanted, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            bool free = !_locks.TryGetValue(KeyOf(wanted), out UserLock? other) || other.Until <= now || other.Epoch < wanted.Epoch
                || (other.Holder == wanted.Holder && other.Epoch == wanted.Epoch);
            if (free) _locks[KeyOf(wanted)] = wanted;
            return ValueTask.FromResult(free ? null : other);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> KeepAsync(UserLock held, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(held);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            bool ours = _locks.TryGetValue(KeyOf(held), out UserLock? now) && now.Holder == held.Holder && now.Epoch == held.Epoch;
            if (ours && now is not null) _locks[KeyOf(held)] = now with { Until = held.Until };
            return ValueTask.FromResult(ours);
        }
    }

    /// <inheritdoc/>
    public ValueTask<UserLock?> FindAsync(string tenantId, string uid, CancellationToken cancellation)
    {
        lock (_gate) return ValueTask.FromResult(_locks.GetValueOrDefault(KeyOf(tenantId, uid)));
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(UserLock held, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(held);
        lock (_gate)
        {
            if (_locks.TryGetValue(KeyOf(held), out UserLock? now) && now.Holder == held.Holder && now.Epoch == held.Epoch) _locks.Remove(KeyOf(held));
        }

        return ValueTask.CompletedTask;
    }

    private static (string Tenant, string Uid) KeyOf(UserLock one) => KeyOf(one.TenantId, one.Uid);

    private static (string Tenant, string Uid) KeyOf(string tenantId, string uid) => (tenantId.ToUpperInvariant(), uid.ToUpperInvariant());
}
