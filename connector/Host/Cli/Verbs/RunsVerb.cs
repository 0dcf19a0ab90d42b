using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>runs</c>: the history, newest first; with <c>--singles</c> that of changes of single users.</summary>
internal static class RunsVerb
{
    public static async Task<int> RunAsync(VerbContext context, bool singles)
    {
        await using Workspace workspace = await WorkspaceOpening.OpenAsync(context, context.Stop);
        IAsyncEnumerable<RunHead> heads = singles ? workspace.Store.SinglesAsync(unfinished: false, context.Stop) : workspace.Store.RunsAsync(context.Stop);
        RunsDocument runs = RunsDocument.Of(await heads.Select((run, cancellation) => workspace.Standings.OfAsync(run, cancellation))
            .ToListAsync(context.Stop));
        if (context.Options.Format == OutputFormat.Json)
        {
            await JsonReports.WriteAsync(runs, context.Terminal.Output, context.Stop);
        }
        else
        {
            await using StreamWriter output = new(context.Terminal.Output, leaveOpen: true);
            await RunsText.WriteAsync(runs, output, TextStyle.Plain, context.Stop);
        }

        return ExitCodes.Done;
    }
}
