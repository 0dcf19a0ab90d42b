using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs;

/// <summary>How a run goes about its users.</summary>
public sealed record RunSettings
{
    /// <summary>
    /// Users worked on at once; one user's writes never overlap. Wide, because users whose writes do not show in reads yet are
    /// waited for up to 40 s each and must not keep others from beginning.
    /// </summary>
    public int UsersInFlight { get; init; } = 1024;

    /// <summary>
    /// Whether another user may begin while so many are between their first read and the answer to their first write. Few, so that no one's
    /// read is old when the write leaves; enough, so that a write is always ready when there is quota (<see cref="Pacing.Pacer.WantsMore"/>).
    /// </summary>
    public Func<int, bool> MayBegin { get; init; } = static preparing => preparing < 32;

    /// <summary>Start at most so many users; the rest waits for <c>resume</c>. Null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>Do so many users first, and the others only when all of them are done and verified. Null for none.</summary>
    public int? Canary { get; init; }

    /// <summary>Whether one of the users who went first before an interruption was not done and verified.</summary>
    public bool CanaryHasFailed { get; init; }

    /// <summary>Sees every user of the run's plan who is not equal, when the run has ended; null for no one.</summary>
    public Func<RunUser, CancellationToken, ValueTask>? Ended { get; init; }

    /// <summary>The tenant's lease; the run stops when it is lost. Null where no one else can be at work.</summary>
    public TenantLease? Lease { get; init; }

    /// <summary>Locks on single users, taken with a lease only; null for none.</summary>
    public UserLocking? Locks { get; init; }

    /// <summary>Called for every user whose work begins, before anything is sent.</summary>
    public Action<RunUser> Begins { get; init; } = static _ => { };

    /// <summary>After the signal to stop: the time to finish users who have begun is over.</summary>
    public CancellationToken Cut { get; init; }

    /// <summary>What was used, reported at the end.</summary>
    public Func<Used?> Used { get; init; } = () => null;
}
