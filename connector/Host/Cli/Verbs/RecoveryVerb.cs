using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Recovery;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>recovery RUN-ID</c>: who ended with fewer usable methods than before. From the store alone.</summary>
internal sealed class RecoveryVerb(CommonOptions options, Terminal terminal, Messages messages, WorkspaceOpening workspaces)
{
    public async Task<int> RunAsync(string runId, CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        foreach (string file in options.Reports) Writable(OutputFormats.OfFile(file));
        Writable(options.Format);
        RunHeader run = await workspace.Store.FindRunAsync(runId, stop)
            ?? throw new ProvisioningException("unknownRun", $"The store has no run '{runId}'.", "The list of runs shows the ids.");
        run = await workspace.Standings.OfAsync(run, stop);
        RecoveryDocument document = await RecoveryDocument.OfAsync(run, workspace.Store.UsersAsync(run.RunId, stop),
            workspace.Digests, options.Reveal, stop);
        CommandContext context = options.Context.In(workspace);
        foreach (string file in options.Reports)
        {
            await ResultFile.WriteAsync(file, stream => WriteAsync(document, context, OutputFormats.OfFile(file), stream, stop), stop);
            messages.Report($"report: {file}");
        }

        await WriteAsync(document, context, options.Format, terminal.Output, stop);
        await terminal.Output.FlushAsync(stop);
        return ExitCodes.Done;
    }

    private static void Writable(OutputFormat format)
    {
        if (format == OutputFormat.Html) throw new ProvisioningException("noHtml", "The recovery list has no HTML form.", "Use text, json or markdown.");
    }

    private static Task WriteAsync(
        RecoveryDocument document, CommandContext context, OutputFormat format, Stream output, CancellationToken cancellation)
    {
        if (format == OutputFormat.Json) return JsonReports.WriteAsync(document, output, cancellation);
        return ReportOutput.TextAsync(output, writer => format == OutputFormat.Markdown
            ? RecoveryText.WriteMarkdownAsync(document, context, writer, cancellation)
            : RecoveryText.WriteAsync(document, context, writer, cancellation));
    }
}
