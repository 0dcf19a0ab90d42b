using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Locking;

/// <summary>
/// Locks single users, for runs and for changes of one user. Here alone is decided what the lock of a process that is gone still means:
/// <list type="bullet">
/// <item>No journal has a request to this user without a known end: nothing can land any more, and the user is taken at once.</item>
/// <item>Otherwise the last request may have left just before the process ended (when it left is known to no one: between the intent and the
/// request lies the wait for quota and token). The lock stays in the dead holder's name and is cut short to a request time-out from now, which
/// is never later than it would have ended by itself. Until then no one gets the user, so nothing is sent to them and nothing is concluded
/// from a reading.</item>
/// </list>
/// Of a holder that is not certain to be gone the lock stands until it expires.
/// </summary>
/// <param name="locks">Where the locks lie.</param>
/// <param name="leases">Knows requests on the way from the journals.</param>
/// <param name="isGone">Whether a holder is certain not to run any more: same machine, same boot, its process gone or another one.</param>
/// <param name="time">Wall clock.</param>
public sealed class UserLocking(IUserLocks locks, ITenantLease leases, Func<HolderProcess, bool> isGone, TimeProvider time)
{
    /// <summary>Tries once to lock a user.</summary>
    /// <param name="wanted">Our lock. What a run of this holder's name has sent does not count as on its way: its own intents are known to it.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Null when the user is ours now; otherwise the lock in the way, which ends as it says unless it is renewed.</returns>
    /// <exception cref="StoreException">The store does not work.</exception>
    public async ValueTask<UserLock?> TryAsync(UserLock wanted, CancellationToken cancellation)
    {
        while (true)
        {
            UserLock? other = await locks.AcquireAsync(wanted, time.GetUtcNow(), cancellation);
            if (other is not { Process: { } process, RequestTimeout: { } timeout } || !isGone(process)) return other;
            if (await leases.MayBeOnTheWayAsync(wanted.TenantId.ToUpperInvariant(), wanted.Uid, wanted.Holder, cancellation))
            {
                DateTimeOffset now = time.GetUtcNow();
                if (now + timeout >= other.Until) return other;
                UserLock shorter = other with { Until = now + timeout };
                if (await locks.KeepAsync(shorter, cancellation)) return shorter;
            }
            else
            {
                await locks.ReleaseAsync(other, cancellation);
            }
        }
    }

    /// <summary>Sets until when a lock of ours lasts. False when another holder has or had the user.</summary>
    internal ValueTask<bool> KeepAsync(UserLock mine, CancellationToken cancellation) => locks.KeepAsync(mine, cancellation);

    /// <summary>Gives a lock back.</summary>
    internal ValueTask ReleaseAsync(UserLock mine) => locks.ReleaseAsync(mine, CancellationToken.None);

    /// <summary>What is left of a lock; zero when it has ended.</summary>
    public TimeSpan Left(UserLock other)
    {
        TimeSpan left = other.Until - time.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>
    /// How long to wait before the next try for a user whom another holder has. A holder at work renews its lock, so it may be done in a moment.
    /// A lock that was not renewed for two beats is left to expire, and waited for only when the pauses that are left last as long.
    /// </summary>
    /// <param name="other">The lock in the way.</param>
    /// <param name="terms">How long locks live.</param>
    /// <param name="pauses">Those that are left.</param>
    /// <returns>Null when waiting is not worth while.</returns>
    public TimeSpan? PauseFor(UserLock other, LeaseTerms terms, ReadOnlySpan<TimeSpan> pauses)
    {
        if (pauses.IsEmpty) return null;
        TimeSpan left = Left(other);
        TimeSpan patience = TimeSpan.Zero;
        foreach (TimeSpan pause in pauses) patience += pause;
        if (left > patience && left < terms.Duration - (2 * terms.Beat)) return null;
        return left < pauses[0] ? left : pauses[0];
    }
}
