using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Host.Composition;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Seal;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>show PLAN.json|RUN-ID</c>: render a saved plan or a run again.</summary>
internal static class ShowVerb
{
    public static async Task<int> RunAsync(VerbContext context, string what)
    {
        CancellationToken stop = context.Stop;
        await using Workspace workspace = await Workspace.OpenAsync(context.Options, context.Time, context.Log, stop);
        if (File.Exists(what))
        {
            await using FileStream file = PlanFiles.Open(what);
            SavedPlan plan = await PlanFiles.ReadAsync(what, file, key: null, stop);
            await ReportOutput.WriteAsync(context, workspace, plan.ToReport(), stop);
            return ExitCodes.Done;
        }

        RunHead run = await workspace.Store.FindRunAsync(what, stop)
            ?? throw new CommandStopped("unknownRun", $"There is no file '{what}' and no run of that id.", "See 'provision runs'.");
        Report report = Report.Of(run, c => workspace.Store.UsersAsync(run.RunId, c), workspace.Digests);
        await ReportOutput.WriteAsync(context, workspace, report, stop);
        return ExitCodes.Done;
    }
}
