using System.Collections.Immutable;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>
/// Counts of what was written to single users, in sliding windows of 1 h, 24 h and 7 days per tenant and per actor. Each call is one
/// transaction, also among several processes. Any call may end in a <see cref="StoreException"/>; what it was to count may then have been counted.
/// </summary>
public interface IWriteWindows
{
    /// <summary>Counts the claim when <see cref="RollingLimits.Judge"/> grants it, before its first write leaves: all of it or nothing.</summary>
    ValueTask<WindowAnswer> ReserveAsync(WindowClaim claim, CancellationToken cancellation);

    /// <summary>Takes back what was granted and is certain not to have been applied.</summary>
    ValueTask ReleaseAsync(WindowGrant grant, AppliedWrites unused, CancellationToken cancellation);

    /// <summary>What happened up to now in a tenant, by everybody or by one actor.</summary>
    ValueTask<WindowUse> UseAsync(string tenantId, string? actor, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Adds an opening; durable when it returns.</summary>
    ValueTask OpenAsync(LimitOverride opening, CancellationToken cancellation);

    /// <summary>Openings of a tenant that have not ended.</summary>
    ValueTask<ImmutableArray<LimitOverride>> OpeningsAsync(string tenantId, DateTimeOffset now, CancellationToken cancellation);
}
