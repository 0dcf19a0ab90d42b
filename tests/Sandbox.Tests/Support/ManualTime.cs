namespace ProvisioningConnector.Sandbox.Tests.Support;

/// <summary>Time that moves only on demand; timers fire on the way.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _sync = new();
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() { lock (_sync) return _now; }
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Number of timers that wait.</summary>
    public int Waiting { get { lock (_sync) return _alarms.Count; } }

    public void Advance(TimeSpan by)
    {
        List<ManualTime.Alarm> due = new List<Alarm>();
        lock (_sync)
        {
            _now += by;
            due.AddRange(_alarms.Where(a => a.At <= _now).OrderBy(a => a.At));
            _alarms.RemoveAll(due.Contains);
        }
        foreach (ManualTime.Alarm alarm in due) alarm.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTime.Alarm alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    private sealed class Alarm(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset At { get; private set; }
        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._sync)
            {
                time._alarms.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                At = time._now + dueTime;
                time._alarms.Add(this);
            }
            return true;
        }

        public void Dispose()
        {
            lock (time._sync) time._alarms.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
