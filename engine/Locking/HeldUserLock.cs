using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Locking;

/// <summary>
/// A user whom we locked in the store. The lock is renewed while it is held, and no request leaves when less of it is left than a request may
/// take (<see cref="Renewal"/>, as for the tenant's lease).
/// </summary>
internal sealed class HeldUserLock : IWriteLock, IAsyncDisposable
{
    private readonly UserLocking _locking;
    private readonly TimeProvider _time;
    private readonly TimeSpan _requestTimeout;
    private readonly Renewal _renewal;
    private UserLock _lock;
    private volatile string? _runId;

    private HeldUserLock(UserLocking locking, UserLock taken, LeaseTerms terms, long takenAt, TimeProvider time)
    {
        (_locking, _lock, _runId, _time, _requestTimeout) = (locking, taken, taken.RunId, time, terms.RequestTimeout);
        Renewable held = new("the user's lock", (_, until, cancellation) => RenewAsync(until, cancellation), static _ => ValueTask.CompletedTask);
        _renewal = Renewal.Begin(held, terms, takenAt, taken.Until, time);
    }

    /// <summary>Cancelled when another holder got the user: nothing may be sent any more.</summary>
    public CancellationToken Lost => _renewal.Lost;

    /// <summary>Set where a request may still land when we let go: the lock is left to expire a request time-out later.</summary>
    public bool MayLand { get; set; }

    /// <summary>Tries once to lock a user (<see cref="UserLocking.TryAsync"/>); null with the lock that is in the way.</summary>
    /// <param name="locking">Locks users.</param>
    /// <param name="wanted">Our lock; its end is set here.</param>
    /// <param name="terms">How long it lives after each renewal, and how long a request may take.</param>
    /// <param name="time">Wall and monotonic clock.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public static async ValueTask<(HeldUserLock? Held, UserLock? Other)> TryAsync(
        UserLocking locking, UserLock wanted, LeaseTerms terms, TimeProvider time, CancellationToken cancellation)
    {
        long from = time.GetTimestamp();
        UserLock mine = wanted with { Until = time.GetUtcNow() + terms.Duration };
        return await locking.TryAsync(mine, cancellation) is { } other ? (null, other) : (new HeldUserLock(locking, mine, terms, from, time), null);
    }

    /// <inheritdoc/>
    public void Demand() => _renewal.Demand();

    /// <inheritdoc cref="Renewal.EnsureAsync"/>
    public ValueTask EnsureAsync(CancellationToken cancellation) => _renewal.EnsureAsync(cancellation);

    /// <summary>From now on the lock is for this change, whose journal it fences.</summary>
    /// <exception cref="LeaseLostException">Another holder has the user.</exception>
    /// <exception cref="StoreException">The store does not work.</exception>
    public async ValueTask ServeAsync(string runId, CancellationToken cancellation)
    {
        if (_runId == runId) return;
        _runId = runId;
        await _renewal.RenewNowAsync(cancellation);
    }

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
            if (_renewal.IsLost) return;
            if (MayLand) await CutShortAsync();
            else await _locking.ReleaseAsync(_lock);
        }
    }

    private async ValueTask CutShortAsync()
    {
        DateTimeOffset lands = _time.GetUtcNow() + _requestTimeout;
        if (lands >= _lock.Until) return;
        try
        {
            await _locking.KeepAsync(_lock with { Until = lands }, CancellationToken.None);
        }
        catch (StoreException)
        {
            // It expires by itself, only later.
        }
    }

    private async ValueTask<bool> RenewAsync(DateTimeOffset until, CancellationToken cancellation)
    {
        UserLock next = _lock with { Until = until, RunId = _runId };
        if (!await _locking.KeepAsync(next, cancellation)) return false;
        _lock = next;
        return true;
    }
}
