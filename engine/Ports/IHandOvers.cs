using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>
/// Remembers passes on their way to people, and approvals of them. Durable when a call returns. Any call may end in a <see cref="StoreException"/>.
/// </summary>
public interface IHandOvers
{
    /// <summary>Hand-overs of a tenant whose pass may still be valid, oldest first; also those that are proved.</summary>
    ValueTask<ImmutableArray<HandOver>> AllAsync(string tenantId, CancellationToken cancellation);

    /// <summary>Adds one, or puts it in the place of the one with its id. Those that are proved and have ended before a moment are forgotten.</summary>
    ValueTask KeepAsync(string tenantId, HandOver handOver, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Nothing happens when there is none of that id.</summary>
    ValueTask ForgetAsync(string tenantId, string id, CancellationToken cancellation);

    ValueTask<ImmutableArray<RescueApproval>> ApprovalsAsync(string tenantId, CancellationToken cancellation);

    /// <summary>Adds one; those that have expired are forgotten.</summary>
    ValueTask ApproveAsync(string tenantId, RescueApproval approval, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>An approval counts once.</summary>
    ValueTask SpendAsync(string tenantId, RescueApproval approval, CancellationToken cancellation);
}
