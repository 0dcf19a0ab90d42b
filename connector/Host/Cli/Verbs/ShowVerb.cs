using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>show PLAN.json|RUN-ID</c>: render a saved plan or a run again.</summary>
internal sealed class ShowVerb(CommonOptions options, WorkspaceOpening workspaces, ReportOutput reports)
{
    public async Task<int> RunAsync(string what, CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        reports.Check();
        if (File.Exists(what))
        {
            await using FileStream file = PlanFiles.Open(what);
            Report saved = await PlanFiles.ReadAnyAsync(what, file, stop);
            bool isPlan = saved.Head is PlanDocument { Masked: false, Seal: not null };
            return await WriteAsync(workspace, saved, isPlan ? what : null, stop);
        }

        RunHeader run = await workspace.Store.FindRunAsync(what, stop)
            ?? throw new ProvisioningException("unknownRun", $"There is no file '{what}' and no run of that id.", "The list of runs shows the ids.");
        return await WriteAsync(workspace, RunReport.From(workspace, await workspace.Standings.OfAsync(run, stop)), plan: null, stop);
    }

    private async Task<int> WriteAsync(Workspace workspace, Report report, string? plan, CancellationToken stop)
    {
        ImmutableArray<Approval>? given = (report.Head as PlanDocument)?.Approvals;
        CommandContext context = options.Context.In(workspace, report.Head.Origin)
            .WithSourceOf(workspace, report.Head.Origin, report.Head.Source.Name).WithPlan(plan)
            .Judged(workspace, report.Head.Origin, report.Head.Summary.ToSummary(), given);
        return await reports.WriteAsync(workspace, report with { Context = context }, stop) ? ExitCodes.Done : ExitCodes.Error;
    }
}
