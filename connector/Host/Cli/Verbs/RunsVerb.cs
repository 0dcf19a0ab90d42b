using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Host.Cli.Drawing;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>runs</c>: the history, newest first; with <c>--singles</c> that of changes of single users.</summary>
internal sealed class RunsVerb(CommonOptions options, Terminal terminal, WorkspaceOpening workspaces, ResultLines results)
{
    public async Task<int> RunAsync(bool singles, CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        IAsyncEnumerable<RunHeader> heads = singles ? workspace.Store.SinglesAsync(unfinished: false, stop) : workspace.Store.RunsAsync(stop);
        RunsDocument runs = RunsDocument.From(await heads.Select((run, cancellation) => workspace.Standings.OfAsync(run, cancellation))
            .ToListAsync(stop));
        if (options.Format == OutputFormat.Json)
        {
            await JsonReports.WriteAsync(runs, terminal.Output, stop);
        }
        else if (terminal is { OutputIsTerminal: true, Width: { } width } && !runs.Runs.IsEmpty)
        {
            IEnumerable<string> table = Drawn.Table(RunsText.Titles, [.. runs.Runs.Select(RunsText.Cells)], width, terminal.HasColours && !options.NoColor);
            await results.WriteAsync(runs, [.. table, .. RunsText.Next(runs, options.Context.In(workspace))]);
        }
        else
        {
            await using StreamWriter output = new(terminal.Output, leaveOpen: true);
            await RunsText.WriteAsync(runs, options.Context.In(workspace), output, terminal.OutputStyle(!options.NoColor), stop);
        }

        return ExitCodes.Done;
    }
}
