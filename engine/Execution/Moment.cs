namespace ProvisioningConnector.Engine.Execution;

/// <summary>
/// Now, by the wall clock and by the monotonic one. Waits are measured by the monotonic one, since the wall clock may be set
/// while a request is on its way (docs/safety.md#locks).
/// </summary>
internal readonly record struct Moment(DateTimeOffset Clock, long Timestamp)
{
    private static readonly TimeSpan Drift = TimeSpan.FromSeconds(1);

    public static Moment Now(TimeProvider time) => new(time.GetUtcNow(), time.GetTimestamp());

    /// <summary>
    /// The monotonic time at which the wall clock showed <paramref name="later"/>, somewhere between this moment and now; now
    /// itself when the clock was set in between, because waiting too long is safe.
    /// </summary>
    public long TimestampOf(DateTimeOffset later, TimeProvider time)
    {
        Moment now = Now(time);
        TimeSpan byTimer = time.GetElapsedTime(Timestamp, now.Timestamp);
        TimeSpan since = later - Clock;
        bool wasSet = (now.Clock - Clock - byTimer).Duration() > Drift;
        return wasSet || since < TimeSpan.Zero || since > byTimer
            ? now.Timestamp
            : Timestamp + (long)(since.TotalSeconds * time.TimestampFrequency);
    }
}
