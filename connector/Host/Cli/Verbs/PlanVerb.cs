using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Seal;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>How to plan.</summary>
/// <param name="SaveTo">Where the plan is saved; null: nowhere.</param>
/// <param name="CheckNumbers">Ask for a second opinion on every number.</param>
internal sealed record PlanArguments(string? SaveTo, bool CheckNumbers);

/// <summary><c>plan SOURCE</c>: resolve, read, diff, guard, show. Writes nothing to the tenant.</summary>
internal static class PlanVerb
{
    public static async Task<int> RunAsync(VerbContext context, SourceArguments source, PlanArguments how)
    {
        CancellationToken stop = context.Stop;
        await using Workspace workspace = await WorkspaceOpening.OpenAsync(context, stop);
        ReportOutput.Check(context.Options);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        RunRequest request = context.Request(context.Rows(source, workspace), tenant) with { CheckNumbers = how.CheckNumbers };
        await using PreparedRun plan = await TenantPipeline.Planner(workspace, tenant, context.Signals).PlanAsync(request, stop);
        return await FinishAsync(context, workspace, tenant, plan, how.SaveTo);
    }

    /// <summary>Saves the plan when that was asked for, and shows it.</summary>
    public static async Task<int> FinishAsync(VerbContext context, Workspace workspace, ReadingTenant tenant, PreparedRun plan, string? saveTo)
    {
        CancellationToken stop = context.Stop;
        Report report = Report.Of(plan.Head, plan.UsersAsync, workspace.Digests);
        if (saveTo is not null)
        {
            Report saved = await PlanSeal.SealAsync(report, await workspace.SealKeyAsync(stop), stop);
            await workspace.Audit.PlanSavedAsync(plan.Head, saved.Head.Seal, saveTo, stop);
            await ResultFile.WriteAsync(saveTo, stream => JsonReports.WriteAsync(saved, stream, stop), stop);
            context.Report($"saved plan: {saveTo} (full values, readable by you only). " + (ApprovalJudge.Needs(workspace.Tenant.RequireApproval, plan.Head)
                ? $"A second person approves it (provision approve {saveTo} --reason TEXT{context.Options.SameAgain}); then: provision apply "
                    + $"{saveTo}{context.Options.SameAgain}"
                : $"Apply it with: provision apply {saveTo}{context.Options.SameAgain}"));
        }

        bool written = await ReportOutput.WriteAsync(context, workspace, report, stop);
        await workspace.KeepLearnedAsync(tenant.Learned, stop);
        return ExitCodes.Of(plan.Head, context.Options.DetailedExitCode) switch { ExitCodes.Done or ExitCodes.Changes when !written =>
            ExitCodes.Error, var exit => exit };
    }
}
