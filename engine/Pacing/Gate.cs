namespace ProvisioningConnector.Engine.Pacing;

/// <summary>
/// One gate: a queue in order of arrival before a <see cref="RateController"/>. All state is behind one lock under which no one awaits; one timer
/// of the clock wakes the queue.
/// </summary>
internal sealed class Gate
{
    private const int LeastPrepared = 4;

    /// <summary>Seconds of the gate's rate that may stand in the queue: enough never to run dry while others are prepared.</summary>
    private const double SecondsWaiting = 1;

    /// <summary>Seconds of the gate's rate that may be prepared at all, however slowly the service answers.</summary>
    private const double MostSecondsPrepared = 10;

    private readonly Lock _lock = new();
    private readonly CallKind _kind;
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly RateController _rate;
    private readonly Queue<Waiter> _queue = new();
    private readonly ITimer _timer;
    private GateTally _tally;
    private int _inFlight;
    private int _gone;

    public Gate(CallKind kind, Ceiling ceiling, LearnedRate? learned, TimeProvider time)
    {
        _kind = kind;
        _time = time;
        _origin = time.GetTimestamp();
        _rate = new RateController(ceiling, learned);
        _timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public LearnedRate? Learned
    {
        get
        {
            lock (_lock) return _rate.Learned;
        }
    }

    private double Now => _time.GetElapsedTime(_origin).TotalSeconds;

    public ValueTask<PaceLease> AcquireAsync(int cost, bool fewerWillDo, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cost, 1);
        if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled<PaceLease>(cancellation);
        Waiter waiter;
        lock (_lock)
        {
            waiter = new Waiter(cost, fewerWillDo, Now);
            _queue.Enqueue(waiter);
            Pump();
        }

        return waiter.Task.IsCompletedSuccessfully || !cancellation.CanBeCanceled
            ? new ValueTask<PaceLease>(waiter.Task)
            : new ValueTask<PaceLease>(WaitAsync(waiter, cancellation));
    }

    public void Succeeded(SentMark mark, ThrottleSignal signal)
    {
        lock (_lock)
        {
            _rate.Accepted(mark, signal, Now);
            Leave();
        }
    }

    public void Throttled(SentMark mark, int items, ThrottleSignal signal)
    {
        lock (_lock)
        {
            _tally.Throttled(items, signal);
            _rate.Throttled(mark, items, signal, Now);
            Leave();
        }
    }

    public void Lost(SentMark mark)
    {
        lock (_lock)
        {
            _tally.Lost++;
            _rate.Lost(mark, Now);
            Leave();
        }
    }

    /// <summary>The call never left: it counts neither as made nor as lost.</summary>
    public void NeverLeft(SentMark mark)
    {
        lock (_lock)
        {
            _tally.TakeBack(mark.Cost);
            _rate.Lost(mark, Now);
            Leave();
        }
    }

    public double SecondsFor(long cost)
    {
        lock (_lock) return _rate.SecondsFor(cost, Now);
    }

    public double LeastSecondsFor(long cost)
    {
        lock (_lock) return _rate.LeastSecondsFor(cost);
    }

    /// <summary>See <see cref="Pacer.WantsMore"/>.</summary>
    public bool WantsMore(int preparing)
    {
        lock (_lock)
        {
            _rate.Advance(Now);
            return preparing < LeastPrepared
                || (preparing < LeastPrepared + _rate.Rate * MostSecondsPrepared && _queue.Count - _gone < LeastPrepared + _rate.Rate * SecondsWaiting);
        }
    }

    public GateAccount Account()
    {
        lock (_lock)
        {
            double now = Now;
            _rate.Advance(now);
            DateTimeOffset? held = _rate.HeldUntil > now ? _time.GetUtcNow().AddSeconds(_rate.HeldUntil - now) : null;
            return new GateAccount(
                _kind, _tally.Calls, _tally.Cost, _tally.ThrottledCalls, _tally.ThrottledItems, _rate.Congestions, _tally.Lost,
                _rate.Rate, _rate.CeilingRate, _rate.StateAt(now), _rate.FromEarlierRun, held, _inFlight, _queue.Count - _gone,
                TimeSpan.FromSeconds(_tally.Waited), TimeSpan.FromSeconds(_rate.HeldFor(now)), _tally.Scope, _tally.Information);
        }
    }

    private async Task<PaceLease> WaitAsync(Waiter waiter, CancellationToken cancellation)
    {
        using CancellationTokenRegistration registration = cancellation.UnsafeRegister(_ => GoAway(waiter, cancellation), null);
        return await waiter.Task;
    }

    private void GoAway(Waiter waiter, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (waiter.Through || waiter.Gone) return;
            waiter.Gone = true;
            _gone++;
            Pump();
        }

        waiter.TrySetCanceled(cancellation);
    }

    private void Wake()
    {
        lock (_lock) Pump();
    }

    private void Leave()
    {
        _inFlight--;
        Pump();
    }

    /// <summary>Lets through anyone who may go now and sets the timer for the next one.</summary>
    private void Pump()
    {
        while (_queue.TryPeek(out Waiter? next))
        {
            if (next.Gone)
            {
                _queue.Dequeue();
                _gone--;
                continue;
            }

            if (_inFlight >= _rate.InFlightLimit) return;
            double now = Now;
            int cost = next.FewerWillDo ? _rate.AdvisedItems(next.Cost) : next.Cost;
            double wait = _rate.DelayFor(cost, now);
            if (wait > 0)
            {
                _timer.Change(RoundedUp(wait), Timeout.InfiniteTimeSpan);
                return;
            }

            _queue.Dequeue();
            _inFlight++;
            next.Through = true;
            _tally.LetThrough(cost, now - next.Since);
            next.SetResult(new PaceLease(this, _rate.Send(cost, now)));
        }

        _rate.NoneWaiting();
    }

    private static TimeSpan RoundedUp(double seconds) => TimeSpan.FromTicks((long)Math.Ceiling(Math.Min(seconds, 86400) * TimeSpan.TicksPerSecond) + 1);
}
