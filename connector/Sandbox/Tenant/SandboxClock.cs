namespace ProvisioningConnector.Sandbox.Tenant;

/// <summary>The tenant's clock: it runs as another one does, and can be set to another day. What waits is not woken by setting it.</summary>
public sealed class SandboxClock(TimeProvider inner) : TimeProvider
{
    private long _offset;

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override long TimestampFrequency => inner.TimestampFrequency;

    /// <summary>From now on it is so late.</summary>
    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref _offset, (now - inner.GetUtcNow()).Ticks);

    /// <summary>From now on it is this day; the time of day stays.</summary>
    public void Set(DateOnly date) => Set(new DateTimeOffset(date, TimeOnly.FromDateTime(inner.GetUtcNow().UtcDateTime), TimeSpan.Zero));

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
