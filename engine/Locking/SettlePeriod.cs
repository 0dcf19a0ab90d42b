using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Locking;

/// <summary>
/// How long a taker must wait until no request of earlier holders can land any more (docs/safety.md#locks), counted from the
/// moment at which it took the lease.
/// </summary>
/// <param name="ForAll">Before the first read that leads to a write.</param>
/// <param name="ForOpen">The same for users with an open intent; at least <paramref name="ForAll"/>.</param>
public readonly record struct SettlePeriod(TimeSpan ForAll, TimeSpan ForOpen)
{
    /// <summary>Clocks of machines, and of one machine before and after someone set it, may differ by this much.</summary>
    private static readonly TimeSpan ClockError = TimeSpan.FromDays(1);

    /// <summary>After a holder that gave the lease back: what it left in doubt, and what it had to wait for itself.</summary>
    public static SettlePeriod AfterRelease(LeaseRecord? old, DateTimeOffset now) => old is null
        ? default : Create(Inherited(old, now), InDoubt(old, now));

    /// <summary>After a holder whose process is gone: nothing leaves any more, what left may land for users with an open intent.</summary>
    public static SettlePeriod AfterDeath(LeaseRecord old, DateTimeOffset now) => Create(Inherited(old, now), Longer(old.RequestTimeout, InDoubt(old, now)));

    /// <summary>
    /// After a holder that was declared dead and whose store refuses its further intents (<see cref="LeaseRecord.IsFenced"/>): if it lives, it can
    /// still send what it wrote an intent for, as long as after <see cref="AfterExpiry"/>. Users without an open intent are safe at once.
    /// </summary>
    /// <inheritdoc cref="AfterExpiry"/>
    public static SettlePeriod AfterFence(LeaseRecord old, TimeSpan watched, DateTimeOffset now) =>
        Create(Inherited(old, now), Longer(Living(old, watched, now), InDoubt(old, now)));

    /// <summary>
    /// After a holder that may still live. By its own monotonic clock its lease ends at most <see cref="LeaseRecord.Duration"/> after
    /// its last renewal, which lies before the time for which the lease was watched; a request that passed its check just before may
    /// land a request time-out later. Wall clocks are believed only where the lease ended longer ago than they can be wrong.
    /// </summary>
    /// <param name="old">The lease that expired.</param>
    /// <param name="watched">For how long it was seen without being renewed, on our monotonic clock.</param>
    /// <param name="now">Wall clock.</param>
    public static SettlePeriod AfterExpiry(LeaseRecord old, TimeSpan watched, DateTimeOffset now) =>
        Create(Longer(Living(old, watched, now), Inherited(old, now)), InDoubt(old, now));

    /// <summary>How long requests of a holder that may live can land.</summary>
    private static TimeSpan Living(LeaseRecord old, TimeSpan watched, DateTimeOffset now) =>
        now - old.Until > ClockError ? TimeSpan.Zero : Longer(old.Duration + old.RequestTimeout - watched, TimeSpan.Zero);

    /// <summary>What a holder left in doubt, or had to wait for itself before it touched users with an open intent.</summary>
    private static TimeSpan InDoubt(LeaseRecord old, DateTimeOffset now) => Rest(old.LandsUntil, old.Duration + old.RequestTimeout, now);

    /// <summary>A holder that ended while it waited itself leaves the rest of its wait to the next.</summary>
    private static TimeSpan Inherited(LeaseRecord old, DateTimeOffset now) => Rest(old.QuietUntil, old.QuietUntil - old.Since, now);

    /// <summary>What is left until a moment, never more than there was to wait at the beginning, whatever the clock says.</summary>
    private static TimeSpan Rest(DateTimeOffset? until, TimeSpan? most, DateTimeOffset now)
    {
        TimeSpan rest = Longer(until - now ?? TimeSpan.Zero, TimeSpan.Zero);
        return most is { } limit && rest > limit ? limit : rest;
    }

    private static SettlePeriod Create(TimeSpan all, TimeSpan open) => new(all, Longer(all, open));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
