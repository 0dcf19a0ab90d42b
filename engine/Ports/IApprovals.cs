using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>Approvals that a store remembers. Any call may end in a <see cref="StoreException"/>.</summary>
public interface IApprovals
{
    /// <summary>Durable when it returns.</summary>
    ValueTask AddAsync(Approval approval, CancellationToken cancellation);

    /// <summary>Approvals of a plan, oldest first; their seals are not checked.</summary>
    ValueTask<ImmutableArray<Approval>> OfPlanAsync(string planId, CancellationToken cancellation);
}
