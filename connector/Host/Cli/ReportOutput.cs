using System.Text;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Html;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Markdown;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Writes a report to stdout and to the files of <c>--report</c>, masked unless <c>--reveal</c>.</summary>
internal sealed class ReportOutput(CommonOptions options, Terminal terminal, Messages messages)
{
    /// <summary>A person has seen what is to be done, so that the result on stdout says only what became of it.</summary>
    private bool _wasShown;

    /// <summary>Finds reports that cannot be written before anything is done.</summary>
    /// <exception cref="ProvisioningException">A file's ending names no format.</exception>
    public void Check()
    {
        foreach (string file in options.Reports) OutputFormats.OfFile(file);
    }

    /// <summary>False when a file could not be written; that was reported. The result on stdout comes in any case, since the run it shows has been.</summary>
    /// <param name="workspace">For masks and evidence.</param>
    /// <param name="full">The report, full values.</param>
    /// <param name="cancellation">Stops.</param>
    /// <param name="reported">Changes what is written on stdout, and nowhere else; null: nothing.</param>
    public async Task<bool> WriteAsync(Workspace workspace, Report full, CancellationToken cancellation, Func<Report, Report>? reported = null)
    {
        if (options.Reveal) await workspace.Audit.RevealsAsync(What(full.Head), options.Reason, cancellation);
        Report report = options.Reveal ? full : full.Mask(workspace.Digests);
        bool written = true;
        foreach (string file in options.Reports)
        {
            try
            {
                await ReportFile.WriteAsync(report, file, cancellation);
                messages.Report($"report: {file}");
            }
            catch (ProvisioningException stopped)
            {
                written = false;
                await messages.ReportErrorAsync($"{stopped.Message} {stopped.Advice}");
            }
        }

        if (_wasShown) report = report with { Context = report.Context with { WasShown = true } };
        await WriteAsync(reported is null ? report : reported(report), options.Format, terminal.Output, terminal.OutputStyle(!options.NoColor), cancellation);
        await terminal.Output.FlushAsync(cancellation);
        return written;
    }

    /// <summary>The text form, for a person who is about to be asked, or wants to know what is being done.</summary>
    public async Task ShowAsync(Workspace workspace, Report full, CancellationToken cancellation)
    {
        if (options.Reveal) await workspace.Audit.RevealsAsync(What(full.Head), options.Reason, cancellation);
        Report report = (options.Reveal ? full : full.Mask(workspace.Digests)) with { Context = options.Context with { IsQuestion = true } };
        await TextReport.WriteAsync(report, terminal.Error, terminal.ErrorStyle(!options.NoColor), cancellation);
        await terminal.Error.WriteLineAsync();
        _wasShown = true;
    }

    private static string What(ReportHeader head) => head is RunDocument run ? $"run {run.RunId}" : $"plan {head.PlanId}";

    private static Task WriteAsync(Report report, OutputFormat format, Stream output, TextStyle style, CancellationToken cancellation) => format switch
    {
        OutputFormat.Json => JsonReports.WriteAsync(report, output, cancellation),
        OutputFormat.Text => TextAsync(output, writer => TextReport.WriteAsync(report, writer, style, cancellation)),
        OutputFormat.Markdown => TextAsync(output, writer => MarkdownReport.WriteAsync(report, writer, cancellation)),
        OutputFormat.Html => HtmlAsync(report, output, cancellation),
    };

    /// <summary>Plain text to standard output.</summary>
    public static async Task TextAsync(Terminal terminal, Func<TextWriter, Task> write)
    {
        await using TextWriter writer = terminal.OutputText();
        await write(writer);
    }

    public static async Task TextAsync(Stream output, Func<TextWriter, Task> write)
    {
        await using StreamWriter writer = new(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await write(writer);
    }

    private static Task HtmlAsync(Report report, Stream output, CancellationToken cancellation) => report.Head.Entries > HtmlReport.MostRows
        ? throw new ProvisioningException("htmlTooLarge", $"More than {Quantity.Of(HtmlReport.MostRows, "user")} do not fit into one page on stdout.",
            "Use --report FILE.html, which puts the rest into files beside the page.")
        : HtmlReport.WriteAsync(report, output, "report", _ => throw new InvalidOperationException("A small page has no files beside it."), cancellation);
}
