using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Recovery;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>recovery RUN-ID</c>: who ended with fewer usable methods than before. From the store alone.</summary>
internal static class RecoveryVerb
{
    public static async Task<int> RunAsync(VerbContext context, string runId)
    {
        CancellationToken stop = context.Stop;
        await using Workspace workspace = await WorkspaceOpening.OpenAsync(context, stop);
        foreach (string file in context.Options.Reports) Writable(OutputFormats.OfFile(file));
        Writable(context.Options.Format);
        RunHead run = await workspace.Store.FindRunAsync(runId, stop)
            ?? throw new ProvisioningException("unknownRun", $"The store knows no run '{runId}'.", "See 'provision runs'.");
        run = await workspace.Standings.OfAsync(run, stop);
        RecoveryDocument document = await RecoveryDocument.OfAsync(run, workspace.Store.UsersAsync(run.RunId, stop),
            workspace.Digests, context.Options.Reveal, stop);
        foreach (string file in context.Options.Reports)
        {
            await ResultFile.WriteAsync(file, stream => WriteAsync(document, OutputFormats.OfFile(file), stream, stop), stop);
            context.Report($"report: {file}");
        }

        await WriteAsync(document, context.Options.Format, context.Terminal.Output, stop);
        await context.Terminal.Output.FlushAsync(stop);
        return ExitCodes.Done;
    }

    private static void Writable(OutputFormat format)
    {
        if (format == OutputFormat.Html) throw new ProvisioningException("noHtml", "The recovery list has no HTML form.", "Use text, json or markdown.");
    }

    private static Task WriteAsync(RecoveryDocument document, OutputFormat format, Stream output, CancellationToken cancellation) => format switch
    {
        OutputFormat.Json => JsonReports.WriteAsync(document, output, cancellation),
        OutputFormat.Markdown => ReportOutput.TextAsync(output, writer => RecoveryText.WriteMarkdownAsync(document, writer, cancellation)),
        OutputFormat.Text or OutputFormat.Html => ReportOutput.TextAsync(output, writer => RecoveryText.WriteAsync(document, writer, cancellation)),
    };
}
