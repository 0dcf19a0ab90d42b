using System.Text;
using ProvisioningConnector.Host.Composition;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Writes a report to stdout and to the files of <c>--report</c>, masked unless <c>--reveal</c>.</summary>
internal static class ReportOutput
{
    public static async Task WriteAsync(VerbContext context, Workspace workspace, Report full, CancellationToken cancellation)
    {
        CommonOptions options = context.Options;
        Report report = options.Reveal ? full : full.Mask(workspace.Digests);
        foreach (string file in options.Reports)
        {
            OutputFormat format = OutputFormats.OfFile(file);
            await ResultFile.WriteAsync(file, stream => WriteAsync(report, format, stream, colour: false, cancellation), cancellation);
            context.Tell($"report: {file}");
        }

        bool colour = context.Terminal.OutputIsTerminal && !options.NoColor && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        await WriteAsync(report, options.Format, context.Terminal.Output, colour, cancellation);
        await context.Terminal.Output.FlushAsync(cancellation);
    }

    /// <summary>The text form, for a person who is about to be asked.</summary>
    public static async Task ShowAsync(VerbContext context, Workspace workspace, Report full, CancellationToken cancellation)
    {
        Report report = context.Options.Reveal ? full : full.Mask(workspace.Digests);
        await TextReport.WriteAsync(report, context.Terminal.Error, TextStyle.Plain, cancellation);
    }

    private static async Task WriteAsync(Report report, OutputFormat format, Stream output, bool colour, CancellationToken cancellation)
    {
        switch (format)
        {
            case OutputFormat.Json:
                await JsonReports.WriteAsync(report, output, cancellation);
                break;
            case OutputFormat.Text:
                await TextAsync(output, writer => TextReport.WriteAsync(report, writer, colour ? new TextStyle(Colour: true) : TextStyle.Plain, cancellation));
                break;
            case OutputFormat.Markdown:
                throw new CommandStopped("later", "Markdown comes later.");
            case OutputFormat.Html:
                throw new CommandStopped("later", "HTML comes later.");
        }
    }

    private static async Task TextAsync(Stream output, Func<TextWriter, Task> write)
    {
        await using StreamWriter writer = new(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await write(writer);
    }
}
