using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>Approvals in memory; passes the same suite as those on disk.</summary>
public sealed class MemoryApprovals : IApprovals
{
    private readonly List<Approval> _all = [];

    /// <inheritdoc/>
    public ValueTask AddAsync(Approval approval, CancellationToken cancellation)
    {
        if (_all.Any(a => a.ApprovalId == approval.ApprovalId)) throw new InvalidOperationException("An approval is added once.");
        _all.Add(approval);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Approval>> OfPlanAsync(string planId, CancellationToken cancellation) =>
        ValueTask.FromResult<ImmutableArray<Approval>>([.. _all.Where(a => a.PlanId == planId)]);
}
