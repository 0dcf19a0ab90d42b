namespace ProvisioningConnector.Graph.Tests.Support;

/// <summary>A clock that moves to a timer's moment as soon as the timer is set. Time-outs of requests (70 s) never come by themselves.</summary>
internal sealed class TestTime : TimeProvider
{
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(70);
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Lock _sync = new();
    private readonly List<HeldTimer> _held = [];
    private readonly List<TimeSpan> _waits = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>All waits so far, in order.</summary>
    public TimeSpan[] Waits
    {
        get { lock (_sync) return [.. _waits]; }
    }

    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _now));

    public override DateTimeOffset GetUtcNow() => Beginning + Elapsed;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    /// <summary>Lets every pending request time out.</summary>
    public void TimeOut()
    {
        HeldTimer[] held;
        lock (_sync) held = [.. _held];
        Interlocked.Add(ref _now, RequestTimeout.Ticks);
        foreach (HeldTimer timer in held) timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        HeldTimer timer = new(callback, state);
        timer.Owner = this;
        timer.Change(dueTime, period);
        return timer;
    }

    private void Set(HeldTimer timer, TimeSpan due)
    {
        if (due == Timeout.InfiniteTimeSpan) return;
        if (due == RequestTimeout)
        {
            lock (_sync) _held.Add(timer);
            return;
        }

        lock (_sync) _waits.Add(due);
        Interlocked.Add(ref _now, due.Ticks);
        ThreadPool.QueueUserWorkItem(static held => ((HeldTimer)held!).Fire(), timer);
    }

    private void Forget(HeldTimer timer)
    {
        lock (_sync) _held.Remove(timer);
    }

    private sealed class HeldTimer(TimerCallback callback, object? state) : ITimer
    {
        private volatile bool _disposed;

        public TestTime? Owner { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed) return false;
            Owner!.Set(this, dueTime);
            return true;
        }

        public void Fire()
        {
            if (!_disposed) callback(state);
        }

        public void Dispose()
        {
            _disposed = true;
            Owner!.Forget(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
