namespace ProvisioningConnector.TestKit.VirtualTime;

/// <summary>The clock of a <see cref="VirtualWorld"/>: it moves only when nothing is left to do at the present moment.</summary>
public sealed class VirtualTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly VirtualAgenda _agenda;

    internal VirtualTimeProvider(VirtualAgenda agenda) => _agenda = agenda;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Beginning.AddTicks(_agenda.Now);

    /// <inheritdoc/>
    public override long GetTimestamp() => _agenda.Now;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        VirtualTimer timer = new VirtualTimer(_agenda, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
