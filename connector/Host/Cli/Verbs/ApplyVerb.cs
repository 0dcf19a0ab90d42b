using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Runs;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Memory;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>How <c>apply</c> goes about it.</summary>
/// <param name="Yes">Do not ask.</param>
/// <param name="Limit">Start at most so many users.</param>
/// <param name="Canary">Do so many first.</param>
internal sealed record ApplyArguments(bool Yes, long? Limit, int? Canary)
{
    public RunBounds Bounds => new(Limit, Canary);
}

/// <summary><c>apply SOURCE</c> and <c>apply PLAN.json</c>: plan, or check the saved plan, and execute.</summary>
internal static class ApplyVerb
{
    public static async Task<int> RunAsync(VerbContext context, SourceArguments source, ApplyArguments arguments)
    {
        CancellationToken stop = context.Stop;
        await using Workspace workspace = await WorkspaceOpening.OpenAsync(context, stop);
        TenantOpening opening = workspace.Opening();
        ReportOutput.Check(context.Options);
        workspace.Audit.CheckSecond();
        await using ReadingTenant tenant = await opening.OpenAsync(await workspace.LearnedAsync(stop), stop);
        await KnownTenant.CheckAsync(workspace.Store, tenant.Identity, opening.IsLoopback, context.Options.NewStore, stop);
        await using SavedPlanFile? saved = await SavedPlanFile.TryOpenAsync(source.Source, workspace, tenant, context.Options, stop);
        await using TenantHold hold = new(context.Order, workspace, tenant.Identity, Identity.NewId('r', context.Time.GetUtcNow()));
        if (saved is not null)
        {
            await hold.TakeAsync(stop);
            PlanMemory memory = await PlanMemoryReader.ReadAsync(workspace.Sources, workspace.Store,
                tenant.Identity.Id, saved.Head.Source, context.Time.GetUtcNow(), stop);
            PlanHead now = saved.Head with { Guardrails = GuardrailPanel.Again(saved.Head, memory) };
            RunHead approved = RunExecution.New(context.Order, hold.RunId, now) with { PlanSeal = saved.Seal };
            if (await ProtectionGate.OfEarlierAsync(workspace, tenant, now.Allowances, saved.Users(stop), stop) is { IsEmpty: false } barred)
            {
                return await BlockedAsync(context, workspace, tenant, approved, saved.Users, barred);
            }

            switch (GivenApprovals.Judge(context, workspace, now, saved.Seal, await saved.ApprovalsAsync(stop)))
            {
                case ApprovalVerdict.Granted granted:
                    approved = approved with { Plan = granted.Plan, Approval = granted.By };
                    break;
                case ApprovalVerdict.Missing missing:
                    return await BlockedAsync(context, workspace, tenant, approved, saved.Users, missing.Why);
                case ApprovalVerdict.NotNeeded:
                    break;
            }

            return await ExecuteAsync(context, workspace, opening, tenant, hold, approved, saved.Users, arguments, saved.ClaimAsync);
        }

        await using PlanSession plan = await PlanSession.MakeAsync(context.Order, workspace, tenant, source, isRun: true, stop, hold.TakeAsync);
        RunHead run = RunExecution.New(context.Order, hold.RunId, plan.Head);
        if (RunExecution.Missing(workspace, plan.Head) is { IsEmpty: false } missingNow) return await BlockedAsync(context,
            workspace, tenant, run, plan.Users, missingNow);
        return await ExecuteAsync(context, workspace, opening, tenant, hold, run, plan.Users, arguments, (_, _) => Task.CompletedTask);
    }

    private static async Task<int> ExecuteAsync(
        VerbContext context, Workspace workspace, TenantOpening opening, ReadingTenant tenant, TenantHold hold, RunHead run,
        Func<CancellationToken, IAsyncEnumerable<PlannedUser>> users, ApplyArguments arguments, Func<string, CancellationToken, Task> claim)
    {
        PlanHead plan = run.Plan;
        if (!plan.Applyable) return await BlockedAsync(context, workspace, tenant, run, users, []);
        bool anything = plan.Summary.Operations.Total > 0;
        if (anything && (!arguments.Yes || context.Options is { Format: OutputFormat.Text, Quiet: false }))
        {
            await ReportOutput.ShowAsync(context, workspace, Report.Of(plan, users, workspace.Digests), context.Stop);
        }

        if (anything) Confirmation.Ask(context.Terminal, plan, arguments.Yes);

        RunHead ended = await RunExecution.ExecuteAsync(context.Order, workspace, tenant, hold, opening.OpenForWriting, run, users, arguments.Bounds, claim);
        return await RunEnd.ReportAsync(context, workspace, ended);
    }

    private static async Task<int> BlockedAsync(
        VerbContext context, Workspace workspace, ReadingTenant tenant, RunHead run, Func<CancellationToken, IAsyncEnumerable<PlannedUser>> users,
        ImmutableArray<Diagnostic> why) =>
        await RunEnd.ReportAsync(context, workspace, await RunExecution.BlockAsync(context.Order, workspace, run with { Used = tenant.Used() }, users, why));
}
