using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Locking;

/// <summary>
/// A lease that we took. It is renewed by a loop and by anyone who is about to send (<see cref="Renewal"/>), and given back when it is disposed of.
/// </summary>
public sealed class TenantLease : IWriteLock, IAsyncDisposable
{
    private readonly ITenantLease _store;
    private readonly TimeProvider _time;
    private readonly SettlePeriod _quiet;
    private readonly long _takenAt;
    private readonly LeaseTerms _terms;
    private readonly Renewal _renewal;
    private readonly Lock _gate = new();
    private LeaseRecord _record;
    private bool _disposed;

    private TenantLease(ITenantLease store, LeaseRecord record, SettlePeriod quiet, long takenAt, TimeProvider time)
    {
        (_store, _record, _quiet, _takenAt, _time) = (store, record, quiet, takenAt, time);
        _terms = new LeaseTerms(record.Duration, record.RequestTimeout);
        Renewable held = new("the tenant's lease", (now, until, cancellation) => KeepAsync(now, until, null, cancellation), ReadOtherAsync);
        _renewal = Renewal.Begin(held, _terms, takenAt, record.Until, time);
    }

    /// <summary>As last written down.</summary>
    public LeaseRecord Record
    {
        get
        {
            lock (_gate) return _record;
        }
    }

    /// <summary>Cancelled when someone else has taken the lease: nothing may be sent any more.</summary>
    public CancellationToken Lost => _renewal.Lost;

    /// <summary>Whether it is lost; not before all handlers of <see cref="Lost"/> have run.</summary>
    public bool IsLost => _renewal.IsLost;

    /// <summary>Who has taken it; null while it is ours, or when that could not be read.</summary>
    public LeaseRecord? LostTo { get; private set; }

    /// <summary>Why it could not be renewed or given back the last time; null when it could.</summary>
    public StoreException? Problem { get; private set; }

    /// <summary>How long nothing may be written yet, because requests of an earlier holder may still land.</summary>
    public TimeSpan QuietLeft => Left(_quiet.ForAll);

    /// <summary>The same for users with an open intent.</summary>
    public TimeSpan OpenQuietLeft => Left(_quiet.ForOpen);

    /// <summary>How much of the lease is left; zero when it is lost or has ended.</summary>
    public TimeSpan Remaining => _renewal.Remaining;

    internal static TenantLease Begin(ITenantLease store, LeaseRecord record, SettlePeriod quiet, long takenAt, TimeProvider time) =>
        new(store, record, quiet, takenAt, time);

    /// <summary>
    /// Whether a request may be on its way to this user from before we took the lease, of another run or of an earlier holder that worked on this
    /// one, so that the user has to wait.
    /// </summary>
    public async ValueTask<bool> MustWaitAsync(string uid, CancellationToken cancellation) =>
        OpenQuietLeft > TimeSpan.Zero && await _store.MayBeOnTheWayAsync(Record.TenantId, uid, null, cancellation);

    /// <inheritdoc/>
    public void Demand() => _renewal.Demand();

    /// <inheritdoc cref="Renewal.EnsureAsync"/>
    public ValueTask EnsureAsync(CancellationToken cancellation) => _renewal.EnsureAsync(cancellation);

    /// <summary>A request left whose end no one knows: anyone who comes after us waits until it cannot land any more.</summary>
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

    /// <summary>Gives it back. A store that does not work then is reported in <see cref="Problem"/>: the lease ends by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await using (_renewal)
        {
            await _renewal.StopAsync();
            try
            {
                DateTimeOffset now = _time.GetUtcNow();
                if (!IsLost && !await KeepAsync(now, now + _terms.Duration, now, CancellationToken.None)) await _renewal.LoseAsync(CancellationToken.None);
            }
            catch (StoreException problem)
            {
                Problem = problem;
            }
        }
    }

    private TimeSpan Left(TimeSpan wait)
    {
        TimeSpan left = wait - _time.GetElapsedTime(_takenAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async ValueTask<bool> KeepAsync(DateTimeOffset now, DateTimeOffset until, DateTimeOffset? releasedAt, CancellationToken cancellation)
    {
        LeaseRecord next;
        lock (_gate) next = _record = _record with { Beat = _record.Beat + 1 };
        next = next with { HeartbeatAt = now, Until = until, ReleasedAt = releasedAt };
        if (!await AskAsync(() => _store.KeepAsync(next, cancellation))) return false;
        lock (_gate) _record = next with { LandsUntil = _record.LandsUntil };
        return true;
    }

    private async ValueTask ReadOtherAsync(CancellationToken cancellation) =>
        LostTo = await AskAsync(() => _store.ReadAsync(Record.TenantId, cancellation));

    private async ValueTask<T> AskAsync<T>(Func<ValueTask<T>> ask)
    {
        try
        {
            T answer = await ask();
            Problem = null;
            return answer;
        }
        catch (StoreException problem)
        {
            Problem = problem;
            throw;
        }
    }
}
