using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Locking;

/// <summary>
/// A lease that we took. It is renewed by a loop and by whoever is about to send, and given back when it is disposed of. How much
/// of it is left is measured on the monotonic clock from before each renewal; the wall clock can only shorten it (a machine
/// that slept may not have counted the time).
/// </summary>
public sealed class HeldLease : ISendPermit, IAsyncDisposable
{
    private readonly ITenantLease _store;
    private readonly TimeProvider _time;
    private readonly Quiet _quiet;
    private readonly long _takenAt;
    private readonly LeaseTerms _terms;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Turnstile _turn = Turnstile.ForOne();
    private readonly Lock _gate = new();
    private LeaseRecord _record;
    private long _renewedAt;
    private Task _beating = Task.CompletedTask;
    private volatile bool _isLost;
    private bool _disposed;

    private HeldLease(ITenantLease store, LeaseRecord record, Quiet quiet, long takenAt, TimeProvider time)
    {
        (_store, _record, _quiet, _takenAt, _renewedAt, _time) = (store, record, quiet, takenAt, takenAt, time);
        _terms = new LeaseTerms(record.Duration, record.RequestTimeout);
        Lost = _lost.Token;
    }

    /// <summary>As last written down.</summary>
    public LeaseRecord Record
    {
        get
        {
            lock (_gate) return _record;
        }
    }

    /// <summary>Cancelled when somebody else has taken the lease: nothing may be sent any more.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Whether it is lost; not before everybody who listens to <see cref="Lost"/> has been told.</summary>
    public bool IsLost => _isLost;

    /// <summary>Who has taken it; null while it is ours, or when that could not be read.</summary>
    public LeaseRecord? LostTo { get; private set; }

    /// <summary>Why it could not be renewed or given back the last time; null when it could.</summary>
    public StoreException? Trouble { get; private set; }

    /// <summary>How long nothing may be written yet, because requests of an earlier holder may still land.</summary>
    public TimeSpan QuietLeft => Left(_quiet.ForAll);

    /// <summary>The same for users with an open intent.</summary>
    public TimeSpan OpenQuietLeft => Left(_quiet.ForOpen);

    /// <summary>How much of the lease is left; zero when it is lost or has ended.</summary>
    public TimeSpan Remaining
    {
        get
        {
            if (IsLost) return TimeSpan.Zero;
            lock (_gate)
            {
                TimeSpan byTimer = _terms.Duration - _time.GetElapsedTime(_renewedAt);
                TimeSpan byClock = _record.Until - _time.GetUtcNow();
                TimeSpan least = byTimer < byClock ? byTimer : byClock;
                return least > TimeSpan.Zero ? least : TimeSpan.Zero;
            }
        }
    }

    internal static HeldLease Begin(ITenantLease store, LeaseRecord record, Quiet quiet, long takenAt, TimeProvider time)
    {
        HeldLease lease = new(store, record, quiet, takenAt, time);
        lease._beating = lease.BeatAsync();
        return lease;
    }

    /// <summary>
    /// Whether a request of another run may be on its way to this user from before we took the lease, so that the user has to wait. What our own
    /// run sent before it was interrupted is known to whoever goes on with it.
    /// </summary>
    public async ValueTask<bool> MustWaitAsync(string uid, CancellationToken cancellation) =>
        OpenQuietLeft > TimeSpan.Zero && await _store.MayBeOnTheWayAsync(Record.TenantId, uid, Record.Holder.RunId, cancellation);

    /// <inheritdoc/>
    public void Demand()
    {
        if (Remaining <= _terms.RequestTimeout) throw new SendBarredException("Less of the tenant's lease is left than a request may take.");
    }

    /// <summary>Sees to it that a request may leave: renews the lease when half of the time to send is over.</summary>
    /// <exception cref="LeaseLostException">Somebody else has taken it.</exception>
    /// <exception cref="StoreException">It has to be renewed, and the store does not work.</exception>
    public async ValueTask EnsureAsync(CancellationToken cancellation)
    {
        while (!IsLost)
        {
            TimeSpan left = Remaining;
            if (left > _terms.RequestTimeout + (_terms.Window / 2)) return;
            try
            {
                await RenewAsync(left, cancellation);
            }
            catch (StoreException) when (!IsLost && Remaining > _terms.RequestTimeout)
            {
                // Kept in Trouble; as long as there is time to send, the next one may try again.
            }

            if (Remaining > _terms.RequestTimeout) return;
        }

        throw new LeaseLostException();
    }

    /// <summary>A request left whose end nobody knows: whoever comes after us waits until it cannot land any more.</summary>
    public void NoteDoubt(DateTimeOffset sentAt)
    {
        DateTimeOffset lands = sentAt + _terms.RequestTimeout;
        lock (_gate)
        {
            if (_record.LandsUntil is not { } known || known < lands) _record = _record with { LandsUntil = lands };
        }
    }

    /// <summary>Waits until no request of an earlier holder can land. False when asked to stop before.</summary>
    public async ValueTask<bool> WaitAsync(bool openIntents, CancellationToken stop, CancellationToken cancellation)
    {
        TimeSpan left = openIntents ? OpenQuietLeft : QuietLeft;
        return left <= TimeSpan.Zero || await Pause.ForAsync(left, _time, stop, cancellation);
    }

    /// <summary>Gives it back. A store that does not work then is told in <see cref="Trouble"/>: the lease ends by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        _end.Cancel();
        await _beating;
        try
        {
            if (!IsLost) await KeepAsync(_time.GetUtcNow(), CancellationToken.None);
        }
        catch (StoreException trouble)
        {
            Trouble = trouble;
        }

        _end.Dispose();
        _lost.Dispose();
    }

    private TimeSpan Left(TimeSpan wait)
    {
        TimeSpan left = wait - _time.GetElapsedTime(_takenAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>A plain asynchronous loop, no task of its own: it runs on the scheduler of whoever took the lease.</summary>
    private async Task BeatAsync()
    {
        while (!IsLost && await Pause.ForAsync(_terms.Beat, _time, _end.Token, CancellationToken.None))
        {
            try
            {
                await RenewAsync(Remaining, CancellationToken.None);
            }
            catch (StoreException)
            {
                // Kept in Trouble. The lease runs on; who wants to send when too little is left tries again and hears of it.
            }
        }
    }

    /// <summary>Renews, unless somebody did while we waited for our turn.</summary>
    private async ValueTask RenewAsync(TimeSpan left, CancellationToken cancellation)
    {
        await _turn.EnterAsync(cancellation);
        try
        {
            if (!IsLost && Remaining <= left) await KeepAsync(null, cancellation);
        }
        finally
        {
            _turn.Leave();
        }
    }

    private async ValueTask KeepAsync(DateTimeOffset? releasedAt, CancellationToken cancellation)
    {
        LeaseRecord next;
        long renewedAt = _time.GetTimestamp();
        DateTimeOffset now = _time.GetUtcNow();
        lock (_gate) next = _record = _record with { Beat = _record.Beat + 1 };
        next = next with { HeartbeatAt = now, Until = now + _terms.Duration, ReleasedAt = releasedAt };
        bool ours = await AskAsync(() => _store.KeepAsync(next, cancellation));
        if (ours)
        {
            lock (_gate) (_record, _renewedAt) = (next with { LandsUntil = _record.LandsUntil }, renewedAt);
            return;
        }

        try
        {
            LostTo = await AskAsync(() => _store.ReadAsync(next.TenantId, cancellation));
        }
        finally
        {
            _lost.Cancel();
            _isLost = true;
        }
    }

    private async ValueTask<T> AskAsync<T>(Func<ValueTask<T>> ask)
    {
        try
        {
            T answer = await ask();
            Trouble = null;
            return answer;
        }
        catch (StoreException trouble)
        {
            Trouble = trouble;
            throw;
        }
    }
}
