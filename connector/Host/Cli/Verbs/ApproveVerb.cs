using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Seal;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>approve PLAN.json --reason TEXT [--allow deletes=312]</c>: a second person's
/// seal on a saved plan, in the store and in the plan's file.</summary>
internal sealed class ApproveVerb(
    CommonOptions options, Invocation invocation, Messages messages, TimeProvider time, WorkspaceOpening workspaces, ResultLines results)
{
    public async Task<int> RunAsync(string path, string? lifetime, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(options.Reason)) throw new ProvisioningException("reasonNeeded",
            "An approval needs a reason.", "Say why with --reason TEXT; it is recorded.");
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        Approval approval;
        ImmutableArray<Approval> all;
        PlanHeader plan;
        await using (SavedPlanFile saved = await SavedPlanFile.TryOpenAsync(path, workspace, stop)
            ?? throw new ProvisioningException("notAPlan", $"'{path}' is not a saved plan.",
                "Save one with 'provision plan SOURCE --out FILE', then approve that file."))
        {
            plan = saved.Head;
            SavedPlanRules.Check(saved, tenant.Identity, workspace.Tenant.PlanMaxAge, time.GetUtcNow());
            await SavedPlanRules.CheckUnusedAsync(saved, workspace.Store, stop);
            CheckPerson(plan, ApprovalJudge.Needs(workspace.Tenant.RequireApproval, plan));
            DateTimeOffset now = time.GetUtcNow();
            approval = ApprovalSeal.Seal(new Approval
            {
                ApprovalId = Identity.NewId('a', now), PlanId = plan.PlanId, PlanSeal = saved.Seal,
                TenantId = plan.Tenant.Id, Approver = invocation.Actor, At = now,
                Reason = options.Reason, Allowances = Allowances(plan, options.Allow), ExpiresAt = Expiry(workspace, plan, lifetime, now),
            }, (await workspace.Store.KeyAsync(ApprovalSeal.KeyName, stop)).Span);
            ImmutableArray<Approval> before = await SealedApprovals.OfAsync(workspace.Store, workspace.Approvals, plan.PlanId, saved.Approvals, stop);
            all = [.. before, approval];
        }

        await workspace.Audit.ApprovedAsync(plan, approval, stop);
        await workspace.Approvals.AddAsync(approval, stop);
        await IntoFileAsync(path, all, stop);
        if (await workspace.Audit.ConcludeAsync(stop) is { } problem) await messages.ReportErrorAsync(problem);
        string allowed = string.Join(", ", approval.Allowances.Select(a => string.Create(CultureInfo.InvariantCulture, $"{a.Key}={a.Value}")));
        await results.WriteAsync(
            new
            {
                kind = "approval", formatVersion = "1.0", approvalId = approval.ApprovalId,
                planId = approval.PlanId, planSeal = approval.PlanSeal, approver = approval.Approver,
                at = approval.At, reason = approval.Reason, allowances = approval.Allowances, expiresAt = approval.ExpiresAt
            },
            [$"plan {plan.PlanId} approved by {approval.Approver} until "
                + $"{approval.ExpiresAt:u}{(allowed.Length == 0 ? "" : $", allowing {allowed}")}",
             .. NextLines.From("Apply it", options.Context.In(workspace).WithPlan(path).Apply(plan.Tenant.Name))]);
        return ExitCodes.Done;
    }

    /// <summary>The maker of a plan may lift what blocks it, but never counts as a second person.</summary>
    /// <exception cref="ProvisioningException">A second person is needed, and this is the maker.</exception>
    private void CheckPerson(PlanHeader plan, bool needed)
    {
        if (ApprovalJudge.NotBy(invocation.Actor, plan) is not { } self) return;
        if (needed) throw new ProvisioningException("selfApproval", $"The plan was not approved: {self}", "Ask someone else to look at it and to approve it.");
        messages.Report($"note: {invocation.Actor} made this plan, so this does not count as the approval of a second person. The plan needs none.");
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
                    $"--allow {option}: no guardrail blocks the plan because of '{parts[0]}', so there is nothing to allow.",
                    plan.Applyable ? "Approve it without --allow." : $"It is blocked by {ApprovalJudge.Blocks(plan)}.");
            }

            long number = parts.Length < 2
                ? 1 : (long)decimal.Floor(decimal.Parse(parts[1].TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
            if (number < needs.Needed) throw new ProvisioningException("allowanceTooSmall",
                string.Create(CultureInfo.InvariantCulture, $"--allow {option} does not do: the plan needs {needs.Key}={needs.Needed}."),
                "Look at the plan again before allowing more.");
            allowed[needs.Key] = number;
        }

        string[] left = [.. blocked.Where(g => LiftedGuardrails.Needs(g) is not { } needs || !allowed.ContainsKey(needs.Key)).Select(g => g.Allow ?? g.Name)];
        if (left.Length > 0) throw new ProvisioningException("stillBlocked", $"The plan is blocked and would stay so: {string.Join(", ", left)}.",
            "If that is meant, approve it with these options; what names no option cannot be allowed: plan again.");
        return allowed.ToImmutable();
    }

    private static DateTimeOffset Expiry(Workspace workspace, PlanHeader plan, string? lifetime, DateTimeOffset now)
    {
        DateTimeOffset planEnds = plan.CreatedAt + workspace.Tenant.PlanMaxAge;
        if (lifetime is null) return planEnds;
        if (!lifetime.Contains(':', StringComparison.Ordinal) || !TimeSpan.TryParse(lifetime, CultureInfo.InvariantCulture, out TimeSpan duration)
            || duration <= TimeSpan.Zero)
        {
            throw new ProvisioningException("usage", $"--for '{lifetime}' is not a duration.", "Write hours, minutes and seconds, such as --for 04:00:00.");
        }

        return duration < planEnds - now ? now + duration : planEnds;
    }

    private async Task IntoFileAsync(string path, ImmutableArray<Approval> all, CancellationToken cancellation)
    {
        try
        {
            await ResultFile.WriteAsync(path, async output =>
            {
                await using FileStream plan = PlanFiles.Open(path);
                await ApprovedPlan.WriteAsync(plan, all, output, cancellation);
            }, cancellation);
        }
        catch (ProvisioningException stopped) when (stopped.Code == "fileNotWritten")
        {
            messages.Report($"note: the approval is in the store and counts, but it could not be put into the plan's file. {stopped.Message}");
        }
    }
}
