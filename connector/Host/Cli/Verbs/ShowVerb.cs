using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>show PLAN.json|RUN-ID</c>: render a saved plan or a run again.</summary>
internal sealed class ShowVerb(WorkspaceOpening workspaces, ReportOutput reports)
{
    public async Task<int> RunAsync(string what, CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        reports.Check();
        if (File.Exists(what))
        {
            await using FileStream file = PlanFiles.Open(what);
            return await WriteAsync(workspace, await PlanFiles.ReadAnyAsync(what, file, stop), stop);
        }

        RunHeader run = await workspace.Store.FindRunAsync(what, stop)
            ?? throw new ProvisioningException("unknownRun", $"There is no file '{what}' and no run of that id.", "See 'provision runs'.");
        return await WriteAsync(workspace, RunReport.From(workspace, await workspace.Standings.OfAsync(run, stop)), stop);
    }

    private async Task<int> WriteAsync(Workspace workspace, Report report, CancellationToken stop) =>
        await reports.WriteAsync(workspace, report, stop) ? ExitCodes.Done : ExitCodes.Error;
}
