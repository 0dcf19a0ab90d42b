using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Locking;

/// <summary>
/// Keeps alive what is held in the store for a limited time: a loop renews it, and so does anyone who is about to send. How much of it is left
/// is measured on the monotonic clock from before each renewal; the wall clock can only shorten it (a machine that slept may not have
/// counted the time). The one rule below the lease of a tenant and the lock of a user.
/// </summary>
internal sealed class Renewal : IAsyncDisposable
{
    private readonly Renewable _held;
    private readonly LeaseTerms _terms;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _end = new();
    private readonly AsyncTurnstile _turn = AsyncTurnstile.ForOne();
    private readonly Lock _gate = new();
    private long _renewedAt;
    private DateTimeOffset _until;
    private Task _beating = Task.CompletedTask;
    private volatile bool _isLost;

    private Renewal(Renewable held, LeaseTerms terms, long takenAt, DateTimeOffset until, TimeProvider time)
    {
        (_held, _terms, _renewedAt, _until, _time) = (held, terms, takenAt, until, time);
        Lost = _lost.Token;
    }

    /// <summary>Cancelled when another holder has taken it: nothing may be sent any more.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Whether it is lost; not before all callbacks on <see cref="Lost"/> have run.</summary>
    public bool IsLost => _isLost;

    /// <summary>How much of it is left; zero when it is lost or has ended.</summary>
    public TimeSpan Remaining
    {
        get
        {
            if (IsLost) return TimeSpan.Zero;
            lock (_gate)
            {
                TimeSpan byTimer = _terms.Duration - _time.GetElapsedTime(_renewedAt);
                TimeSpan byClock = _until - _time.GetUtcNow();
                TimeSpan least = byTimer < byClock ? byTimer : byClock;
                return least > TimeSpan.Zero ? least : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Begins to renew what was just taken.</summary>
    /// <param name="held">How it is renewed.</param>
    /// <param name="terms">How long it lives after each renewal, and how long a request may take.</param>
    /// <param name="takenAt">Monotonic time from before it was taken.</param>
    /// <param name="until">Until when it was taken, by wall clock.</param>
    /// <param name="time">Wall and monotonic clock.</param>
    public static Renewal Begin(Renewable held, LeaseTerms terms, long takenAt, DateTimeOffset until, TimeProvider time)
    {
        Renewal renewal = new(held, terms, takenAt, until, time);
        renewal._beating = renewal.BeatAsync();
        return renewal;
    }

    /// <inheritdoc cref="IWriteLock.Demand"/>
    public void Demand()
    {
        if (Remaining <= _terms.RequestTimeout) throw new SendBarredException($"Less of {_held.Name} is left than a request may take.");
    }

    /// <summary>Makes sure that a request may leave: renews when half of the time to send is over.</summary>
    /// <exception cref="LeaseLostException">Another holder has taken it.</exception>
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
                // As long as there is time to send, the next one may try again.
            }

            if (Remaining > _terms.RequestTimeout) return;
        }

        throw new LeaseLostException();
    }

    /// <summary>Renews now, however much is left: what is held has changed.</summary>
    /// <exception cref="LeaseLostException">Another holder has taken it.</exception>
    /// <exception cref="StoreException">The store does not work.</exception>
    public async ValueTask RenewNowAsync(CancellationToken cancellation)
    {
        await RenewAsync(TimeSpan.MaxValue, cancellation);
        if (IsLost) throw new LeaseLostException();
    }

    /// <summary>Ends the loop; nothing is renewed by it any more.</summary>
    public async ValueTask StopAsync()
    {
        _end.Cancel();
        await _beating;
    }

    /// <summary>Marks it as lost, once the holder has found out to whom.</summary>
    public async ValueTask LoseAsync(CancellationToken cancellation)
    {
        try
        {
            await _held.LostAsync(cancellation);
        }
        finally
        {
            _lost.Cancel();
            _isLost = true;
        }
    }

    /// <summary>To be called last, after <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _end.Dispose();
        _lost.Dispose();
    }

    /// <summary>A plain asynchronous loop, no task of its own: it runs on the scheduler of anyone who took the lock.</summary>
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
                // It runs on; a sender that finds too little left renews it and gets the error.
            }
        }
    }

    /// <summary>Renews, unless another caller did while we waited for our turn.</summary>
    private async ValueTask RenewAsync(TimeSpan left, CancellationToken cancellation)
    {
        await _turn.EnterAsync(cancellation);
        try
        {
            if (IsLost || Remaining > left) return;
            long renewedAt = _time.GetTimestamp();
            DateTimeOffset now = _time.GetUtcNow();
            DateTimeOffset until = now + _terms.Duration;
            if (!await _held.RenewAsync(now, until, cancellation))
            {
                await LoseAsync(cancellation);
                return;
            }

            lock (_gate) (_renewedAt, _until) = (renewedAt, until);
        }
        finally
        {
            _turn.Leave();
        }
    }
}

/// <summary>What a <see cref="Renewal"/> keeps alive.</summary>
/// <param name="Name">In messages, such as <c>the tenant's lease</c>.</param>
/// <param name="RenewAsync">Writes to the store, given the present time and the new end by wall clock. False when another holder has taken it;
/// a <see cref="StoreException"/> when the store does not work.</param>
/// <param name="LostAsync">Called once when it is lost, before <see cref="Renewal.Lost"/> is cancelled.</param>
internal sealed record Renewable(
    string Name, Func<DateTimeOffset, DateTimeOffset, CancellationToken, ValueTask<bool>> RenewAsync, Func<CancellationToken, ValueTask> LostAsync);
