using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Locking;

/// <summary>
/// A user whom we locked in the store. The lock is renewed while it is held; how much of it is left is measured on the monotonic clock from
/// before each renewal, and no request leaves when that is less than a request may take (the rule of the tenant's lease).
/// </summary>
internal sealed class HeldUser : IAsyncDisposable
{
    private readonly IUserLocks _locks;
    private readonly TimeProvider _time;
    private readonly TimeSpan _duration;
    private readonly TimeSpan _requestTimeout;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _lost = new();
    private UserLock _lock;
    private long _renewedAt;
    private Task _beating = Task.CompletedTask;

    private HeldUser(IUserLocks locks, UserLock wanted, long renewedAt, TimeProvider time, TimeSpan duration, TimeSpan requestTimeout) =>
        (_locks, _lock, _renewedAt, _time, _duration, _requestTimeout, Lost) = (locks, wanted, renewedAt, time, duration, requestTimeout, _lost.Token);

    /// <summary>Cancelled when somebody else got the user: nothing may be sent any more.</summary>
    public CancellationToken Lost { get; }

    private TimeSpan Remaining => _lost.IsCancellationRequested
        ? TimeSpan.Zero : Less(_duration - _time.GetElapsedTime(_renewedAt), _lock.Until - _time.GetUtcNow());

    /// <summary>Set where a request may still land when we let go: the lock is left to expire, which is later.</summary>
    public bool MayLand { get; set; }

    /// <summary>Locks a user; null with who is in the way.</summary>
    public static async ValueTask<(HeldUser? Held, UserLock? Other)> TryAsync(
        IUserLocks locks, string tenantId, string uid, string holder, TimeProvider time, TimeSpan duration,
        TimeSpan requestTimeout, CancellationToken cancellation)
    {
        long from = time.GetTimestamp();
        DateTimeOffset now = time.GetUtcNow();
        UserLock wanted = new(tenantId, uid, holder, null, now + duration);
        if (await locks.AcquireAsync(wanted, now, cancellation) is { } other) return (null, other);
        HeldUser held = new(locks, wanted, from, time, duration, requestTimeout);
        held._beating = held.BeatAsync();
        return (held, null);
    }

    /// <exception cref="SendBarredException">Too little of the lock is left.</exception>
    public void Demand()
    {
        if (Remaining <= _requestTimeout) throw new SendBarredException("Less of the user's lock is left than a request may take.");
    }

    /// <summary>Sees to it that a request may leave. False when the user is not ours any more.</summary>
    /// <exception cref="StoreException">The lock has to be renewed, and the store does not work.</exception>
    public async ValueTask<bool> EnsureAsync(CancellationToken cancellation)
    {
        if (Remaining > _requestTimeout + ((_duration - _requestTimeout) / 2)) return true;
        return await RenewAsync(cancellation) && Remaining > _requestTimeout;
    }

    public async ValueTask DisposeAsync()
    {
        _end.Cancel();
        await _beating;
        try
        {
            if (!_lost.IsCancellationRequested && !MayLand) await _locks.ReleaseAsync(_lock, CancellationToken.None);
        }
        finally
        {
            _end.Dispose();
            _lost.Dispose();
        }
    }

    /// <summary>A plain asynchronous loop, no task of its own.</summary>
    private async Task BeatAsync()
    {
        while (!_lost.IsCancellationRequested && await Pause.ForAsync((_duration - _requestTimeout) / 3, _time, _end.Token, CancellationToken.None))
        {
            try
            {
                await RenewAsync(CancellationToken.None);
            }
            catch (StoreException)
            {
                // The lock runs on; who wants to send when too little is left tries again and hears of it.
            }
        }
    }

    private async ValueTask<bool> RenewAsync(CancellationToken cancellation)
    {
        if (_lost.IsCancellationRequested) return false;
        long from = _time.GetTimestamp();
        DateTimeOffset now = _time.GetUtcNow();
        UserLock next = _lock with { Until = now + _duration };
        if (await _locks.AcquireAsync(next, now, cancellation) is not null)
        {
            _lost.Cancel();
            return false;
        }

        (_lock, _renewedAt) = (next, from);
        return true;
    }

    private static TimeSpan Less(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
