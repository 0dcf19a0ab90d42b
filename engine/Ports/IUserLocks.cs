namespace ProvisioningConnector.Engine.Ports;

/// <summary>
/// Locks on single users of a tenant, so that a run and others who write (the REST facade) can live side by side. They need not
/// outlive a power cut, and cost no flush of the disk. Any call may end in a <see cref="StoreException"/>.
/// A change of one user is fenced by its lock: once another holder has or had the user, what it writes to its journal is refused
/// (<see cref="StoreProblem.Superseded"/>).
/// </summary>
public interface IUserLocks
{
    /// <summary>
    /// Locks a user, or takes our own lock again. Someone else's lock is in the way until it expires, unless it belongs to an earlier
    /// holder of the tenant's lease than we are: the taker of a lease waits for old requests by other means.
    /// </summary>
    /// <param name="wanted">Our lock.</param>
    /// <param name="now">Locks that ended before are void.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Null when the user is ours now; otherwise the lock that is in the way.</returns>
    ValueTask<UserLock?> AcquireAsync(UserLock wanted, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>
    /// Sets until when a lock lasts, earlier or later, while it is there and its holder's. Unlike <see cref="AcquireAsync"/> it locks no user anew:
    /// who was paused beyond the end of a lock must not get the user back after others have had them.
    /// </summary>
    /// <returns>False when the lock is not there any more, or another holder's.</returns>
    ValueTask<bool> KeepAsync(UserLock held, CancellationToken cancellation);

    /// <summary>The lock on a user, expired or not; null when there is none.</summary>
    ValueTask<UserLock?> FindAsync(string tenantId, string uid, CancellationToken cancellation);

    /// <summary>Gives a lock back; nothing happens when it is not ours any more.</summary>
    ValueTask ReleaseAsync(UserLock held, CancellationToken cancellation);
}

/// <summary>A lock on one user.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="Uid">The user's object id; stores keep a digest of it.</param>
/// <param name="Holder">Who has it: a run id, or what the facade calls itself. Two are one only when name and epoch are the same.</param>
/// <param name="Epoch">The holder's epoch of the tenant's lease; null for holders without a lease.</param>
/// <param name="Until">When it expires, by wall clock. A holder does not send when less than its request time-out is left.</param>
public sealed record UserLock(string TenantId, string Uid, string Holder, long? Epoch, DateTimeOffset Until)
{
    /// <summary>The holder's process; null for locks that earlier versions wrote: such a holder counts as running until its lock expires.</summary>
    public HolderProcess? Process { get; init; }

    /// <summary>The change of one user that it is for; null for the locks of a run. Not kept in the store: only the holder itself needs it.</summary>
    public string? RunId { get; init; }

    /// <summary>How long after it left a request of this holder may still land, by the holder's own settings; null where <see cref="Process"/> is.</summary>
    public TimeSpan? RequestTimeout { get; init; }
}
