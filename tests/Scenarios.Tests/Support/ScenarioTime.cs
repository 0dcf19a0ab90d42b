using System.Diagnostics;

namespace ProvisioningConnector.Scenarios.Tests.Support;

/// <summary>
/// The machine's clock, many times faster, so that the waits of a run (1, 3, 9, 27 s and a request's time-out) pass in moments
/// over real sockets; and a jump, for what takes a day.
/// </summary>
/// <param name="speed">How many times faster.</param>
/// <param name="beginning">What it shows at first; null: a day in May.</param>
internal sealed class ScenarioTime(double speed = ScenarioTime.Speed, DateTimeOffset? beginning = null) : TimeProvider
{
    public const double Speed = 20;

    private readonly long _begin = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset _beginning = beginning ?? new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);
    private long _jumped;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Jump(TimeSpan by) => Interlocked.Add(ref _jumped, by.Ticks);

    public override long GetTimestamp() => (long)(Stopwatch.GetElapsedTime(_begin).Ticks * speed) + Interlocked.Read(ref _jumped);

    public override DateTimeOffset GetUtcNow() => _beginning + TimeSpan.FromTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Fast(dueTime), Fast(period)), this);

    private TimeSpan Fast(TimeSpan time) => time <= TimeSpan.Zero ? time : time / speed;

    private sealed class FastTimer(ITimer timer, ScenarioTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Fast(dueTime), time.Fast(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
