using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>show PLAN.json|RUN-ID</c>: render a saved plan or a run again.</summary>
internal static class ShowVerb
{
    public static async Task<int> RunAsync(VerbContext context, string what)
    {
        CancellationToken stop = context.Stop;
        await using Workspace workspace = await WorkspaceOpening.OpenAsync(context, stop);
        ReportOutput.Check(context.Options);
        if (File.Exists(what))
        {
            await using FileStream file = PlanFiles.Open(what);
            return await WriteAsync(context, workspace, await PlanFiles.ReadAnyAsync(what, file, stop));
        }

        RunHead run = await workspace.Store.FindRunAsync(what, stop)
            ?? throw new ProvisioningException("unknownRun", $"There is no file '{what}' and no run of that id.", "See 'provision runs'.");
        return await WriteAsync(context, workspace, RunReport.Of(workspace, await workspace.Standings.OfAsync(run, stop)));
    }

    private static async Task<int> WriteAsync(VerbContext context, Workspace workspace, Report report) =>
        await ReportOutput.WriteAsync(context, workspace, report, context.Stop) ? ExitCodes.Done : ExitCodes.Error;
}
