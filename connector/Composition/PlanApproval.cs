using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Composition;

/// <summary>What an approver says of a plan.</summary>
/// <param name="Reason">Why; needed.</param>
/// <param name="Allow">What lets a blocked plan go, as <c>deletes=312</c>.</param>
/// <param name="For">How long it counts, as hours, minutes and seconds; null: as long as the plan may be applied.</param>
internal sealed record ApprovalRequest(string? Reason, ImmutableArray<string> Allow, string? For);

/// <summary>Makes approvals of saved plans, for every way in (docs/safety.md#approvals).</summary>
/// <param name="tenant">Whose plans.</param>
/// <param name="approvers">Who may approve.</param>
/// <param name="time">The clock.</param>
internal sealed class PlanApproval(TenantSettings tenant, Approvers approvers, TimeProvider time)
{
    /// <summary>Seals an approval with the store's key and keeps it there; gives it with those that the plan had before.</summary>
    /// <exception cref="ProvisioningException">It must not be given so.</exception>
    public static async Task<(Approval Given, ImmutableArray<Approval> All)> GiveAsync(
        Workspace workspace, SavedPlanFile plan, string tenantId, ApprovalRequest request, CancellationToken cancellation)
    {
        await SavedPlanRules.CheckUnusedAsync(plan, workspace.Store, cancellation);
        PlanApproval making = new(workspace.Tenant, workspace.Settings.Approvers, workspace.Time);
        ReadOnlyMemory<byte> key = await workspace.Store.KeyAsync(ApprovalSeal.KeyName, cancellation);
        Approval approval = ApprovalSeal.Seal(making.Make(plan, tenantId, workspace.Audit.Actor, request), key.Span);
        ImmutableArray<Approval> before = await SealedApprovals.OfAsync(workspace.Store, workspace.Approvals, plan.Head.PlanId, plan.Approvals, cancellation);
        await workspace.Audit.ApprovedAsync(plan.Head, approval, cancellation);
        await workspace.Approvals.AddAsync(approval, cancellation);
        return (approval, [.. before, approval]);
    }

    /// <summary>Whether the person who approves made the plan: that may lift what blocks it, but never counts as a second person.</summary>
    public static bool IsByMaker(Workspace workspace, PlanHeader plan) =>
        new ApprovalJudge(workspace.Tenant.RequireApproval, workspace.Settings.Approvers).NotBy(workspace.Audit.Actor, plan) is not null;

    /// <summary>The approval, not sealed yet.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tenantId">The tenant that it has to be of.</param>
    /// <param name="approver">Who approves, as the chain of evidence is to name them.</param>
    /// <param name="request">What they say.</param>
    /// <exception cref="ProvisioningException">It must not be given so.</exception>
    public Approval Make(ISavedPlan plan, string tenantId, string approver, ApprovalRequest request)
    {
        string reason = OpeningArguments.Reason(request.Reason);
        DateTimeOffset now = time.GetUtcNow();
        PlanHeader head = plan.Head;
        SavedPlanRules.Check(plan, head.Tenant with { Name = tenant.Name, Id = tenantId }, tenant.PlanMaxAge, now);
        Demand(head, approver);
        return new Approval
        {
            ApprovalId = Identity.NewId('a', now), PlanId = head.PlanId, PlanSeal = plan.Seal, TenantId = head.Tenant.Id, Approver = approver, At = now,
            Reason = reason, Allowances = Allowances(head, request.Allow), ExpiresAt = Expiry(head, request.For, now),
        };
    }

    /// <summary>A plan that must be approved is approved by one who may, and not by its maker.</summary>
    private void Demand(PlanHeader plan, string approver)
    {
        if (!ApprovalJudge.Needs(tenant.RequireApproval, plan)) return;
        const string advice = "Ask someone else to review it (provision show PLAN.json) and approve it.";
        if (approvers.NotBy(approver) is { } stranger) throw new ProvisioningException("notApprover", $"The plan was not approved: {stranger}", advice);
        ApprovalJudge judge = new(tenant.RequireApproval, approvers);
        if (judge.NotBy(approver, plan) is { } self) throw new ProvisioningException("selfApproval", $"The plan was not approved: {self}", advice);
    }

    /// <summary>Exactly what blocks the plan may be allowed, and all of it must be.</summary>
    private static ImmutableSortedDictionary<string, long> Allowances(PlanHeader plan, ImmutableArray<string> allow)
    {
        AllowOptions.Read(allow);
        ImmutableSortedDictionary<string, long>.Builder allowed = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        ImmutableArray<GuardrailVerdict> blocked = LiftedGuardrails.Blocked(plan);
        foreach (string option in allow)
        {
            string[] parts = option.Split('=', 2, StringSplitOptions.TrimEntries);
            if (blocked.Select(LiftedGuardrails.Needs)
                .FirstOrDefault(n => n is { } need && need.Key.Equals(parts[0], StringComparison.OrdinalIgnoreCase)) is not { } needs)
            {
                throw new ProvisioningException("nothingToAllow",
                    $"--allow {option}: no guardrail blocks the plan because of '{parts[0]}'.",
                    plan.Applyable ? "Approve it without --allow." : $"It is blocked by {ApprovalJudge.Blocks(plan)}.");
            }

            long number = parts.Length < 2
                ? 1 : (long)decimal.Floor(decimal.Parse(parts[1].TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
            if (number < needs.Needed) throw new ProvisioningException("allowanceTooSmall",
                string.Create(CultureInfo.InvariantCulture, $"--allow {option} is not enough: the plan needs {needs.Key}={needs.Needed}."),
                "Review the plan again before you allow more.");
            allowed[needs.Key] = number;
        }

        string[] left = [.. blocked.Where(g => LiftedGuardrails.Needs(g) is not { } needs || !allowed.ContainsKey(needs.Key)).Select(g => g.Allow ?? g.Name)];
        if (left.Length > 0) throw new ProvisioningException("stillBlocked", $"The plan would stay blocked: {string.Join(", ", left)}.",
            "If that is intended, approve it with these options. What has no option cannot be allowed: plan again.");
        return allowed.ToImmutable();
    }

    private DateTimeOffset Expiry(PlanHeader plan, string? lifetime, DateTimeOffset now)
    {
        DateTimeOffset planEnds = plan.CreatedAt + tenant.PlanMaxAge;
        if (lifetime is null) return planEnds;
        if (!lifetime.Contains(':', StringComparison.Ordinal) || !TimeSpan.TryParse(lifetime, CultureInfo.InvariantCulture, out TimeSpan duration)
            || duration <= TimeSpan.Zero)
        {
            throw new ProvisioningException("usage", $"--for '{lifetime}' is not a duration.", "Write hours, minutes and seconds, such as --for 04:00:00.");
        }

        return duration < planEnds - now ? now + duration : planEnds;
    }
}
