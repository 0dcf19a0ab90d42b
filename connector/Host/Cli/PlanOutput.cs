using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Seal;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Ends a verb that planned: saves the plan where that was asked for, and shows it.</summary>
internal sealed class PlanOutput(CommonOptions options, Messages messages, ReportOutput reports)
{
    /// <param name="workspace">Configuration and store.</param>
    /// <param name="tenant">The tenant that was planned for.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="saveTo">Where the plan is saved; null: nowhere.</param>
    /// <param name="stop">Stops.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> FinishAsync(Workspace workspace, ReadingTenant tenant, PreparedRun plan, string? saveTo, CancellationToken stop)
    {
        Report report = Report.From(plan.Head, plan.UsersAsync, workspace.Digests) with
        {
            Context = options.Context.In(workspace).WithPlan(saveTo).Judged(workspace, plan.Head.Origin, plan.Head.Summary),
        };
        if (saveTo is not null)
        {
            Report saved = await PlanSeal.SealAsync(report, await workspace.SealKeyAsync(stop), stop);
            await workspace.Audit.PlanSavedAsync(plan.Head, saved.Head.Seal, saveTo, stop);
            await ResultFile.WriteAsync(saveTo, stream => JsonReports.WriteAsync(saved, stream, stop), stop);
            messages.Report($"saved plan: {saveTo} (full values, readable by you only)");
        }

        bool written = await reports.WriteAsync(workspace, report, stop);
        await workspace.KeepLearnedAsync(tenant.Learned, stop);
        return ExitCodes.From(plan.Head, options.DetailedExitCode) switch
        {
            ExitCodes.Done or ExitCodes.Changes when !written =>
            ExitCodes.Error,
            var exit => exit
        };
    }
}
