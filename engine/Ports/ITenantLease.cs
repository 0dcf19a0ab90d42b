namespace ProvisioningConnector.Engine.Ports;

/// <summary>
/// Where the leases of tenants lie: one row per tenant id, replaced whole, each replacement one transaction. It knows no
/// clock: who may take a lease is decided by <see cref="Locking.LeaseAcquirer"/>. Any call may end in a <see cref="StoreException"/>;
/// then the replacement may or may not have happened.
/// </summary>
public interface ITenantLease
{
    /// <summary>The lease as it is now; null when this tenant id never had one.</summary>
    ValueTask<LeaseRecord?> ReadAsync(string tenantId, CancellationToken cancellation);

    /// <summary>
    /// Takes the lease when it is still as it was seen; durable when it returns. From then on no one with an earlier epoch writes
    /// intents, outcomes or results of users of any run of this tenant, or the head of the run that the new holder works on
    /// (<see cref="StoreProblem.Superseded"/>): the epoch is read in the transaction that writes. Changes of one user are fenced by their lock
    /// (<see cref="IUserLocks"/>).
    /// </summary>
    /// <param name="wanted">The new lease, with an epoch above the one seen.</param>
    /// <param name="seen">What was read before; null for none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>False when the lease was changed since it was seen.</returns>
    ValueTask<bool> TakeAsync(LeaseRecord wanted, LeaseRecord? seen, CancellationToken cancellation);

    /// <summary>Replaces the lease while its epoch is ours and it was not released: renewed, or released. Extends our locks of users likewise.</summary>
    /// <returns>False when someone else has taken it.</returns>
    ValueTask<bool> KeepAsync(LeaseRecord wanted, CancellationToken cancellation);

    /// <summary>Whether a request for this user may be on its way: a run of the tenant has an intent without outcome, or with an unknown one.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="uid">The user's object id.</param>
    /// <param name="besides">The run that is not asked: who works on it knows its intents. Null: all are.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<bool> MayBeOnTheWayAsync(string tenantId, string uid, string? besides, CancellationToken cancellation);
}

/// <summary>The lease of one tenant id: who may write to it, and until when.</summary>
public sealed record LeaseRecord
{
    public required string TenantId { get; init; }

    /// <summary>Grows by one with every new holder.</summary>
    public required long Epoch { get; init; }

    /// <summary>Grows by one with every renewal, so that a watcher sees a living holder whatever the clocks say.</summary>
    public long Beat { get; init; }

    public required LeaseHolder Holder { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>When it was last renewed, by the holder's wall clock.</summary>
    public required DateTimeOffset HeartbeatAt { get; init; }

    /// <summary>Until when it is valid unless renewed, by the holder's wall clock.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>How long it is valid after each renewal, on the holder's monotonic clock.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How long after it left a request of this holder may still land.</summary>
    public required TimeSpan RequestTimeout { get; init; }

    /// <summary>Until when requests of holders before this one may land for anybody; null when there is nothing to wait for.</summary>
    public DateTimeOffset? QuietUntil { get; init; }

    /// <summary>Until when requests may land for users with an open intent; null when there is nothing to wait for.</summary>
    public DateTimeOffset? LandsUntil { get; init; }

    /// <summary>
    /// Whether the holder writes no intent once another one has taken the lease (<see cref="ITenantLease.TakeAsync"/>); false for versions that
    /// were kept only from the run that the next holder worked on.
    /// </summary>
    public bool IsFenced { get; init; }

    /// <summary>When the holder gave it back; null while it is held.</summary>
    public DateTimeOffset? ReleasedAt { get; init; }
}

/// <summary>Who holds a lease.</summary>
/// <param name="Who">Account of the operating system.</param>
/// <param name="Host">Machine.</param>
/// <param name="Boot">Names the machine's present boot and process space; null where that cannot be determined.</param>
/// <param name="ProcessId">Process.</param>
/// <param name="ProcessStart">When the process began, as the operating system spells it; null where that cannot be determined.</param>
/// <param name="ToolVersion">Version of this product.</param>
/// <param name="RunId">The run.</param>
public sealed record LeaseHolder(string Who, string Host, string? Boot, int ProcessId, string? ProcessStart, string ToolVersion, string RunId)
    : HolderProcess(Host, Boot, ProcessId, ProcessStart);
