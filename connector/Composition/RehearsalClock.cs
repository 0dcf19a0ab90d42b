using ProvisioningConnector.Composition.Configuration;

namespace ProvisioningConnector.Composition;

/// <summary>
/// The clock of a rehearsal on another day: it runs as the given one does, whole days ahead or behind. Only a tenant of kind <c>Sandbox</c> has
/// one, so that no setting moves the time of a real tenant.
/// </summary>
internal sealed class RehearsalClock : TimeProvider
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _ahead;

    private RehearsalClock(TimeProvider time, TimeSpan ahead) => (_time, _ahead) = (time, ahead);

    public override TimeZoneInfo LocalTimeZone => _time.LocalTimeZone;

    public override long TimestampFrequency => _time.TimestampFrequency;

    /// <summary>The clock that work on the tenant follows: the given one, unless it is a sandbox with a date of its own.</summary>
    public static TimeProvider For(TenantSettings tenant, TimeProvider time)
    {
        if (tenant is not { Kind: TenantKind.Sandbox, Date: { } date }) return time;
        DateOnly today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return new RehearsalClock(time, TimeSpan.FromDays(date.DayNumber - today.DayNumber));
    }

    /// <summary>The clock of work on all tenants of a store: the given one, unless all of them are sandboxes with a date of their own; then the
    /// earliest, so that nothing counts as old too soon.</summary>
    public static TimeProvider ForAll(IEnumerable<TenantSettings> tenants, TimeProvider time)
    {
        TenantSettings[] all = [.. tenants];
        return all.Length > 0 && Array.TrueForAll(all, static tenant => tenant is { Kind: TenantKind.Sandbox, Date: not null })
            ? all.Select(tenant => For(tenant, time)).MinBy(static clock => clock.GetUtcNow()) ?? time : time;
    }

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow() + _ahead;

    public override long GetTimestamp() => _time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _time.CreateTimer(callback, state, dueTime, period);
}
