using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Evidence.Approvals;

/// <summary>Decides whether a plan needs an approval, and whether one of those given does (docs/safety.md#approvals). One approval alone must
/// suffice.</summary>
/// <param name="rule">The tenant's rule.</param>
/// <param name="approvers">Who may approve.</param>
public sealed class ApprovalJudge(ApprovalRule rule, Approvers approvers)
{
    /// <summary>Whether a plan must be approved before it is applied; a plan without operations never.</summary>
    public static bool Needs(ApprovalRule rule, PlanHeader plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Needs(InForce(rule, plan), plan.Summary);
    }

    /// <summary>The rule for a plan: removing phones after the retirement and changing the group of invited people need an approval whatever the tenant's rule
    /// says, and so does a step of <c>migrate</c> that may change people with a directory role.</summary>
    public static ApprovalRule InForce(ApprovalRule rule, PlanHeader plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        bool mayBePrivileged = !plan.Limits.ProtectPrivileged || !plan.Allowances.ProtectedUsers.IsEmpty;
        return plan.Origin is PlanOrigin.Migration && mayBePrivileged ? ApprovalRule.Always : InForce(rule, plan.Origin);
    }

    /// <summary>The same where only the origin of the plan is known.</summary>
    public static ApprovalRule InForce(ApprovalRule rule, PlanOrigin origin) =>
        origin is PlanOrigin.Migration { Step: PlanOrigin.Migration.Cleanup or PlanOrigin.Migration.Invite }
            or PlanOrigin.Undo { Step: PlanOrigin.Migration.Invite } ? ApprovalRule.Always : rule;

    /// <summary>Why a plan needs an approval, for messages.</summary>
    public static string Why(ApprovalRule rule, PlanHeader plan) =>
        InForce(rule, plan) == rule ? $"RequireApproval is {rule}" : "this step of migrate needs one whatever RequireApproval says";

    /// <summary>The same for a plan of which there is no head yet.</summary>
    public static bool Needs(ApprovalRule rule, Summary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return rule switch
        {
            ApprovalRule.Never => false,
            ApprovalRule.Deletes => summary.Operations.Delete > 0,
            ApprovalRule.Always => summary.Operations.Total > 0,
        };
    }

    /// <summary>May a saved plan be applied?</summary>
    /// <param name="plan">The plan, its seal verified.</param>
    /// <param name="planSeal">The plan's seal.</param>
    /// <param name="approvals">Approvals whose own seals are intact.</param>
    /// <param name="applier">Who is about to apply it.</param>
    /// <param name="now">When.</param>
    public ApprovalVerdict Judge(PlanHeader plan, string? planSeal, IEnumerable<Approval> approvals, string applier, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(approvals);
        bool needed = Needs(rule, plan);
        if (!needed && plan.Applyable) return new ApprovalVerdict.NotNeeded();
        List<Diagnostic> why = [];
        foreach (Approval approval in approvals.OrderByDescending(a => a.At))
        {
            if (Unfit(approval, plan, planSeal, needed, applier,
                now) is { } reason) why.Add(Diagnostic.Warning("approvalUnfit",
                    $"The approval by {approval.Approver} of {approval.At:u} is not valid: {reason}"));
            else if (LiftedGuardrails.Apply(plan, approval) is { } lifted) return new ApprovalVerdict.Granted(approval, lifted);
            else why.Add(Diagnostic.Warning("approvalUnfit",
                $"The approval by {approval.Approver} of {approval.At:u} is not valid: it does not allow what the guardrails block ({Blocks(plan)})."));
        }

        if (needed) why.Insert(0,
            Diagnostic.Error("approvalMissing",
                $"The plan {plan.PlanId} needs the approval of a second person ({Why(rule, plan)}) and has no valid one. Nothing is written. "
                + "Someone other than its maker and you must approve it."));
        return new ApprovalVerdict.Missing([.. why]);
    }

    /// <summary>Why someone may not approve a plan that must be approved; null when they may.</summary>
    public string? NotBy(string approver, PlanHeader plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return approvers.NotBy(approver)
            ?? (approvers.AreSame(approver, plan.Actor) ? $"{approver} made the plan ({plan.Actor}); a second person must approve it." : null);
    }

    /// <summary>What a plan is blocked by, as the options that would allow it.</summary>
    public static string Blocks(PlanHeader plan) => string.Join(", ", LiftedGuardrails.Blocked(plan).Select(g => g.Allow ?? g.Name));

    private string? Unfit(Approval approval, PlanHeader plan, string? planSeal, bool needed, string applier, DateTimeOffset now)
    {
        if (!string.Equals(approval.PlanId, plan.PlanId, StringComparison.Ordinal)
            || !string.Equals(approval.PlanSeal, planSeal, StringComparison.Ordinal)) return "it belongs to another plan.";
        if (!string.Equals(approval.TenantId, plan.Tenant.Id, StringComparison.OrdinalIgnoreCase)) return "it belongs to another tenant.";
        if (approval.IsSigned != ActorNames.IsSignature(approval.Approver)) return "it is not signed by the person it names.";
        if (now >= approval.ExpiresAt) return $"it expired at {approval.ExpiresAt:u}.";
        if (!needed) return null;
        if (NotBy(approval.Approver, plan) is { } self) return self;
        return approvers.AreSame(approval.Approver, applier) ? $"{applier} is about to apply the plan, so someone else must have approved it." : null;
    }
}
