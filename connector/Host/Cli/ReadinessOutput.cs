using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Readiness;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Writes readiness to stdout and to files, in the form that their endings name.</summary>
internal sealed class ReadinessOutput(CommonOptions options, Terminal terminal, Messages messages)
{
    private static readonly ImmutableDictionary<string, Func<ReadinessReport, Stream, CancellationToken, Task>> Forms =
        ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
            new Dictionary<string, Func<ReadinessReport, Stream, CancellationToken, Task>>(StringComparer.Ordinal)
            {
                [".json"] = ReadinessJson.WriteAsync, [".csv"] = ReadinessCsv.WriteAsync, [".xlsx"] = ReadinessXlsx.WriteAsync,
                [".html"] = ReadinessHtml.WriteAsync, [".txt"] = TextAsync,
            });

    /// <summary>Finds what cannot be written before anything is read.</summary>
    /// <exception cref="ProvisioningException">A form that readiness does not have.</exception>
    public void Check(ImmutableArray<string> files)
    {
        if (options.Format is OutputFormat.Markdown or OutputFormat.Html)
        {
            throw new ProvisioningException("noSuchForm", "Readiness on standard output is text or JSON.",
                "Use --format text or json; --report FILE for others.");
        }

        foreach (string file in files.Where(static file => !Forms.ContainsKey(Path.GetExtension(file))))
        {
            throw new ProvisioningException("unknownReportFormat", $"The file '{file}' does not end in a known format.",
                $"Use {string.Join(", ", Forms.Keys.Order(StringComparer.Ordinal))}.");
        }
    }

    /// <summary>False when a file could not be written; that was reported. The result on stdout comes in any case.</summary>
    public async Task<bool> WriteAsync(
        ReadinessReport report, ImmutableArray<string> files, string? comms, CancellationToken cancellation)
    {
        bool written = true;
        foreach (string file in files)
        {
            try
            {
                await ResultFile.WriteAsync(file, stream => Forms[Path.GetExtension(file)](report, stream, cancellation), cancellation);
                messages.Report($"report: {file} (personal data; keep until {report.KeepUntil:yyyy-MM-dd} at most)");
            }
            catch (ProvisioningException stopped)
            {
                written = false;
                await messages.ReportErrorAsync($"{stopped.Message} {stopped.Advice}");
            }
        }

        if (comms is not null) written &= await CommsAsync(report, comms, cancellation);
        string? next = files.IsEmpty && comms is null && options.Typed is { } typed
            ? options.Context.Verb(null, [.. typed.Work([], "--report", "readiness.html", "--out", "people.csv")]) : null;
        if (options.Format == OutputFormat.Json) await ReadinessJson.WriteAsync(report, terminal.Output, cancellation);
        else await ReportOutput.TextAsync(terminal, writer => LinesAsync(ReadinessText.Lines(report, next), writer, cancellation));
        await terminal.Output.FlushAsync(cancellation);
        return written;
    }

    /// <summary>Lists of recipients, one per language; of several tenants in a folder each.</summary>
    private async Task<bool> CommsAsync(ReadinessReport report, string folder, CancellationToken cancellation)
    {
        for (int i = 0; i < report.Tenants.Length; i++)
        {
            if (!report.Tenants[i].WasRead) continue;
            List<PrivateFile> lists = [];
            try
            {
                string place = report.Tenants.Length == 1 ? folder : Path.Combine(folder, Safe(report.Tenants[i].Tenant.Name));
                Directory.CreateDirectory(place);
                (long listed, long without) = await ReadinessComms.WriteAsync(report, i, language =>
                {
                    lists.Add(PrivateFile.Create(Path.Combine(place, $"{language}.csv")));
                    return lists[^1].Content;
                }, cancellation);
                foreach (PrivateFile list in lists) await list.CommitAsync(cancellation);
                messages.Report($"comms: {listed} people in {lists.Count} languages in {place}; {without} have no address"
                    + $" (personal data; keep until {report.KeepUntil:yyyy-MM-dd} at most)");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                await messages.ReportErrorAsync($"The lists of recipients cannot be written to '{folder}': {exception.Message} Choose another path.");
                return false;
            }
            finally
            {
                foreach (PrivateFile list in lists) await list.DisposeAsync();
            }
        }

        return true;
    }

    /// <summary>A tenant's name as the name of a folder.</summary>
    private static string Safe(string name) => string.Concat(name.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));

    private static Task TextAsync(ReadinessReport report, Stream output, CancellationToken cancellation) =>
        ReportOutput.TextAsync(output, writer => LinesAsync(ReadinessText.Lines(report, next: null), writer, cancellation));

    private static async Task LinesAsync(IEnumerable<string> lines, TextWriter writer, CancellationToken cancellation)
    {
        foreach (string line in lines) await writer.WriteLineAsync(line.AsMemory(), cancellation);
    }
}
