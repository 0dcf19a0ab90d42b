using System.Collections.Immutable;
using ProvisioningConnector.Engine.Approvals;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Host.Composition;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>How <c>apply</c> goes about it.</summary>
/// <param name="Yes">Do not ask.</param>
/// <param name="Limit">Start at most so many users.</param>
/// <param name="Canary">Do so many first.</param>
internal sealed record ApplyArguments(bool Yes, long? Limit, int? Canary);

/// <summary><c>apply SOURCE</c> and <c>apply PLAN.json</c>: plan, or check the saved plan, and execute.</summary>
internal static class ApplyVerb
{
    public static async Task<int> RunAsync(VerbContext context, SourceArguments source, ApplyArguments arguments)
    {
        CancellationToken stop = context.Stop;
        await using Workspace workspace = await Workspace.OpenAsync(context, stop);
        TenantOpening opening = workspace.Opening();
        ReportOutput.Check(context.Options);
        workspace.Audit.CheckSecond();
        await using ReadingTenant tenant = await opening.OpenAsync(await workspace.LearnedAsync(stop), stop);
        await KnownTenant.CheckAsync(workspace.Store, tenant.Identity, opening.IsLoopback, context.Options.NewStore, stop);
        await using SavedPlanFile? saved = await SavedPlanFile.TryOpenAsync(source.Source, workspace, tenant, context.Options, stop);
        await using TenantHold hold = new(context, workspace, tenant.Identity, Identity.NewId('r', context.Time.GetUtcNow()));
        if (saved is not null)
        {
            await hold.TakeAsync(stop);
            PlanMemory memory = await PlanMemory.ReadAsync(workspace.Sources, workspace.Store, tenant.Identity.Id, saved.Head.Source, context.Time.GetUtcNow(), stop);
            PlanHead now = saved.Head with { Guardrails = GuardrailPanel.Again(saved.Head, memory) };
            RunHead approved = New(context, hold.RunId, now) with { PlanSeal = saved.Seal };
            switch (GivenApprovals.Judge(context, workspace, now, saved.Seal, await saved.ApprovalsAsync(stop)))
            {
                case ApprovalVerdict.Granted granted:
                    approved = approved with { Plan = granted.Plan, Approval = granted.By };
                    break;
                case ApprovalVerdict.Missing missing:
                    return await BlockedAsync(context, workspace, approved, saved.Users, missing.Why);
                case ApprovalVerdict.NotNeeded:
                    break;
            }

            return await ExecuteAsync(context, workspace, opening, tenant, hold, approved, saved.Users, arguments, saved.ClaimAsync);
        }

        await using PlanSession plan = await PlanSession.MakeAsync(context, workspace, tenant, source, isRun: true, stop, hold.TakeAsync);
        RunHead run = New(context, hold.RunId, plan.Head);
        if (ApprovalJudge.Needs(workspace.Tenant.RequireApproval, plan.Head)) return await BlockedAsync(context, workspace, run, plan.Users, [SaveAndApprove(workspace)]);
        return await ExecuteAsync(context, workspace, opening, tenant, hold, run, plan.Users, arguments, (_, _) => Task.CompletedTask);
    }

    private static RunHead New(VerbContext context, string runId, PlanHead plan) =>
        new() { RunId = runId, Plan = plan, StartedAt = context.Time.GetUtcNow(), AppliedBy = context.Actor };

    private static Diagnostic SaveAndApprove(Workspace workspace) => Diagnostic.Error("approvalMissing",
        $"RequireApproval is {workspace.Tenant.RequireApproval}, so a second person must approve what is written. Nothing is written. Save the plan (provision plan SOURCE --out PLAN.json), "
        + "have it approved (provision approve PLAN.json --reason TEXT), then run: provision apply PLAN.json");

    private static async Task<int> ExecuteAsync(
        VerbContext context, Workspace workspace, TenantOpening opening, ReadingTenant tenant, TenantHold hold, RunHead run,
        Func<CancellationToken, IAsyncEnumerable<PlannedUser>> users, ApplyArguments arguments, Func<string, CancellationToken, Task> claim)
    {
        PlanHead plan = run.Plan;
        if (!plan.Applyable) return await BlockedAsync(context, workspace, run, users, []);
        bool anything = plan.Summary.Operations.Total > 0;
        if (anything && (!arguments.Yes || context.Options is { Format: OutputFormat.Text, Quiet: false }))
        {
            await ReportOutput.ShowAsync(context, workspace, Report.Of(plan, users, workspace.Digests), context.Stop);
        }

        if (anything) Confirmation.Ask(context.Terminal, plan, arguments.Yes);

        // A credential that cannot write is found before the plan counts as applied and a run begins.
        using WritingDoor? writing = anything ? opening.OpenForWriting(hold.Lease) : null;
        if (writing is not null) await writing.AuthenticateAsync(context.Stop);
        await hold.CheckAsync(context.Stop);
        await claim(run.RunId, context.Stop);
        await workspace.Recorder(plan).BeginAsync(users(context.Stop), context.Stop);
        await workspace.Audit.BeginsAsync(run, context.Options.Reason, context.Stop);
        await workspace.Store.BeginAsync(run, users(context.Stop), context.Stop);
        if (AcceptedSource.Of(run) is { } accepted) await workspace.Sources.AcceptAsync(plan.Tenant.Id, plan.Source.Name, plan.Source.Delta, accepted, context.Stop);
        RunHead ended = await RunExecution.GoAsync(context, workspace, tenant, hold.Lease, writing, run, arguments);
        return await RunExecution.ReportAsync(context, workspace, ended);
    }

    private static async Task<int> BlockedAsync(
        VerbContext context, Workspace workspace, RunHead run, Func<CancellationToken, IAsyncEnumerable<PlannedUser>> users, ImmutableArray<Diagnostic> why)
    {
        RunHead blocked = run with
        {
            Outcome = RunOutcome.Blocked,
            EndedAt = context.Time.GetUtcNow(),
            Outcomes = new() { Skipped = run.Plan.Summary.Changed },
            Diagnostics = [.. why, .. run.Plan.Guardrails.Where(g => g.Verdict == Verdict.Blocked).Select(g => Diagnostic.Error("blocked", g.Message))],
        };
        await workspace.Audit.BeginsAsync(blocked, context.Options.Reason, context.Stop);
        await workspace.Store.BeginAsync(blocked, users(context.Stop), context.Stop);
        return await RunExecution.ReportAsync(context, workspace, blocked);
    }
}
