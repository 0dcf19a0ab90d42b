using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Memory;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>A run of a plan that was saved for review.</summary>
internal sealed class SavedPlanStages(PipelinePorts ports, PipelineSettings settings, RunRequest request, ISavedPlan plan, string runId)
    : ManyUserStages(ports, settings, request, runId)
{
    /// <inheritdoc/>
    public override PlanHeader Head => Run.Plan;

    /// <inheritdoc/>
    public override IAsyncEnumerable<PlannedUser> UsersAsync(CancellationToken cancellation) => plan.UsersAsync(cancellation);

    /// <inheritdoc/>
    public override async ValueTask<RunResult?> OpenAsync(CancellationToken cancellation)
    {
        SavedPlanRules.Check(plan, Ports.Tenant.Identity, Settings.PlanMaxAge, Ports.Time.GetUtcNow());
        await SavedPlanRules.CheckUnusedAsync(plan, Ports.Store, cancellation);
        return Request.Allow.IsEmpty ? null
            : throw new ProvisioningException("allowOnSavedPlan", "--allow cannot change a saved plan: it holds what was allowed when it was made.",
                "Plan again with --allow, or have a second person approve the plan and allow it there.");
    }

    /// <inheritdoc/>
    public override async ValueTask<RunResult?> PlanAsync(CancellationToken cancellation)
    {
        PlanMemory memory = await PlanMemoryReader.ReadAsync(
            Ports.Sources, Ports.Store, Ports.Tenant.Identity.Id, plan.Head.Source, Ports.Time.GetUtcNow(), cancellation);
        Run = New(plan.Head with { Guardrails = GuardrailPanel.Again(plan.Head, memory) }) with { PlanSeal = plan.Seal };
        return null;
    }

    /// <inheritdoc/>
    public override async ValueTask<ImmutableArray<Diagnostic>> MissingApprovalAsync(CancellationToken cancellation)
    {
        ImmutableArray<Approval> approvals = await SealedApprovals.OfAsync(Ports, Head.PlanId, plan.Approvals, cancellation);
        switch (Settings.Approvals.Judge(Head, plan.Seal, approvals.AddRange(plan.SignedApprovals.Intact), Request.Actor, Ports.Time.GetUtcNow()))
        {
            case ApprovalVerdict.Granted granted:
                Run = Run with { Plan = granted.Plan, Approval = granted.By };
                return [];
            case ApprovalVerdict.Missing missing:
                return missing.Why.AddRange(plan.SignedApprovals.Broken);
            default:
                return [];
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<ImmutableArray<Diagnostic>> ProtectionsAsync(CancellationToken cancellation) =>
    [
        .. await ProtectionCheck.OfEarlierAsync(Settings, Ports.Tenant.Directory, Head.Allowances, plan.UsersAsync(cancellation), cancellation),
        .. await ProtectionCheck.RetiringAsync(Ports, Settings, Head, plan.UsersAsync(cancellation), cancellation),
    ];

    /// <inheritdoc/>
    protected override async ValueTask ClaimAsync(CancellationToken cancellation)
    {
        if (await Ports.Store.ClaimPlanAsync(Head.PlanId, RunId, Ports.Time.GetUtcNow(), cancellation)) return;
        throw SavedPlanRules.Used(Head.PlanId, await Ports.Store.FindClaimAsync(Head.PlanId, cancellation));
    }
}
