using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>The approvals that a plan was given: those of its document and those of the store, their seals checked.</summary>
public static class SealedApprovals
{
    /// <summary>Approvals whose seals are intact, each once.</summary>
    /// <param name="ports">The store.</param>
    /// <param name="planId">The plan.</param>
    /// <param name="given">Those given with the plan itself.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="ProvisioningException">An approval in the document was edited or is of another store: nothing in the file can be trusted
    /// then.</exception>
    public static async Task<ImmutableArray<Approval>> OfAsync(
        PipelinePorts ports, string planId, ImmutableArray<Approval> given, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ports);
        return await OfAsync(ports.Store, ports.Approvals, planId, given, cancellation);
    }

    /// <inheritdoc cref="OfAsync(PipelinePorts, string, ImmutableArray{Approval}, CancellationToken)"/>
    public static async Task<ImmutableArray<Approval>> OfAsync(
        IRunStore store, IApprovals approvals, string planId, ImmutableArray<Approval> given, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(approvals);
        ReadOnlyMemory<byte> key = await store.KeyAsync(ApprovalSeal.KeyName, cancellation);
        foreach (Approval approval in given)
        {
            if (ApprovalSeal.IsIntact(approval, key.Span)) continue;
            throw new ProvisioningException("approvalBroken",
                $"The approval by {approval.Approver} in the plan file is not as it was sealed: it was edited, or given with another store. "
                + "Nothing was written.",
                "Have the plan approved again, or plan again.", FailureKind.Blocked);
        }

        ImmutableArray<Approval> kept = await approvals.OfPlanAsync(planId, cancellation);
        return [.. given.Concat(kept.Where(a => ApprovalSeal.IsIntact(a, key.Span))).DistinctBy(a => a.Seal, StringComparer.Ordinal)];
    }
}
