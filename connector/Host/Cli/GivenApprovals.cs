using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Host.Cli;

/// <summary>The approvals that a plan was given: those of its document and those of the store, their seals checked.</summary>
internal static class GivenApprovals
{
    /// <summary>Approvals whose seals are intact, each once.</summary>
    /// <param name="workspace">The store.</param>
    /// <param name="planId">The plan.</param>
    /// <param name="inDocument">Those that its document holds.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="ProvisioningException">An approval in the document was edited or is of
    /// another store: nothing in the file can be trusted then.</exception>
    public static async Task<ImmutableArray<Approval>> OfAsync(
        Workspace workspace, string planId, ImmutableArray<Approval> inDocument, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> key = await workspace.Store.KeyAsync(ApprovalSeal.KeyName, cancellation);
        foreach (Approval approval in inDocument)
        {
            if (ApprovalSeal.IsIntact(approval, key.Span)) continue;
            throw new ProvisioningException("approvalBroken",
                $"The approval by {approval.Approver} in the plan file is not as it was sealed: it was edited, or given with another store. Nothing was written.",
                "Have the plan approved again, or plan anew.", FailureKind.Blocked);
        }

        ImmutableArray<Approval> kept = await workspace.Approvals.OfPlanAsync(planId, cancellation);
        return [.. inDocument.Concat(kept.Where(a => ApprovalSeal.IsIntact(a, key.Span))).DistinctBy(a => a.Seal, StringComparer.Ordinal)];
    }

    /// <summary>Whether an approval lets a saved plan be applied now.</summary>
    public static ApprovalVerdict Judge(VerbContext context, Workspace workspace, PlanHead plan, string? seal, ImmutableArray<Approval> approvals) =>
        ApprovalJudge.Judge(plan, seal, workspace.Tenant.RequireApproval, approvals, context.Actor, context.Time.GetUtcNow());

    /// <summary>Going on with a run needs what beginning it needed: an approval by somebody else than who goes on. It may have expired since.</summary>
    /// <exception cref="ProvisioningException">There is none.</exception>
    public static void CheckResumed(VerbContext context, Workspace workspace, RunHead run)
    {
        if (!ApprovalJudge.Needs(workspace.Tenant.RequireApproval, run.Plan)) return;
        ApprovalVerdict verdict = ApprovalJudge.Judge(run.Plan, run.PlanSeal, workspace.Tenant.RequireApproval,
            run.Approval is { } given ? [given] : [], context.Actor, run.StartedAt);
        if (verdict is not ApprovalVerdict.Missing missing) return;
        throw new ProvisioningException("approvalMissing",
            $"The run {run.RunId} cannot be resumed: RequireApproval is {workspace.Tenant.RequireApproval}, and it was not approved so that {context.Actor} may go on with it. Nothing was written. {string.Join(" ", missing.Why.Skip(1).Select(w => w.Message))}".TrimEnd(),
            "Let somebody else than the approver resume it; or plan again, save the plan, have it approved and apply it.", FailureKind.Blocked);
    }
}
