using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Locking;

/// <summary>
/// A user whom we locked in the store. The lock is renewed while it is held, and no request leaves when less of it is left than a request may
/// take (<see cref="Renewal"/>, as for the tenant's lease).
/// </summary>
internal sealed class HeldUser : IWriteLock, IAsyncDisposable
{
    private readonly IUserLocks _locks;
    private readonly Renewal _renewal;
    private UserLock _lock;

    private HeldUser(IUserLocks locks, UserLock taken, LeaseTerms terms, long takenAt, TimeProvider time)
    {
        (_locks, _lock) = (locks, taken);
        _renewal = Renewal.Begin(new Renewable("the user's lock", RenewAsync, static _ => ValueTask.CompletedTask), terms, takenAt, taken.Until, time);
    }

    /// <summary>Cancelled when another holder got the user: nothing may be sent any more.</summary>
    public CancellationToken Lost => _renewal.Lost;

    /// <summary>Set where a request may still land when we let go: the lock is left to expire, which is later.</summary>
    public bool MayLand { get; set; }

    /// <summary>Locks a user; null with who is in the way.</summary>
    public static async ValueTask<(HeldUser? Held, UserLock? Other)> TryAsync(
        IUserLocks locks, string tenantId, string uid, string holder, TimeProvider time, LeaseTerms terms, CancellationToken cancellation)
    {
        long from = time.GetTimestamp();
        DateTimeOffset now = time.GetUtcNow();
        UserLock wanted = new(tenantId, uid, holder, null, now + terms.Duration);
        return await locks.AcquireAsync(wanted, now, cancellation) is { } other ? (null, other) : (new HeldUser(locks, wanted, terms, from, time), null);
    }

    /// <inheritdoc/>
    public void Demand() => _renewal.Demand();

    /// <inheritdoc cref="Renewal.EnsureAsync"/>
    public ValueTask EnsureAsync(CancellationToken cancellation) => _renewal.EnsureAsync(cancellation);

    /// <inheritdoc/>
    /// <remarks>A request that may still be applied keeps the lock until it expires (<see cref="MayLand"/>).</remarks>
    public void NoteDoubt(DateTimeOffset sentAt)
    {
    }

    public async ValueTask DisposeAsync()
    {
        await using (_renewal)
        {
            await _renewal.StopAsync();
            if (!_renewal.IsLost && !MayLand) await _locks.ReleaseAsync(_lock, CancellationToken.None);
        }
    }

    private async ValueTask<bool> RenewAsync(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        UserLock next = _lock with { Until = until };
        if (await _locks.AcquireAsync(next, now, cancellation) is not null) return false;
        _lock = next;
        return true;
    }
}
