using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Reports.Readiness;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Writes readiness to stdout and to files, in the form that their endings name.</summary>
internal static class ReadinessOutput
{
    private static readonly ImmutableDictionary<string, Func<ReadinessReport, Stream, CancellationToken, Task>> Forms =
        ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase, new Dictionary<string, Func<ReadinessReport, Stream, CancellationToken, Task>>
        {
            [".json"] = ReadinessJson.WriteAsync, [".csv"] = ReadinessCsv.WriteAsync, [".xlsx"] = ReadinessXlsx.WriteAsync, [".txt"] = TextAsync,
        });

    /// <summary>Finds what cannot be written before anything is read.</summary>
    /// <exception cref="ProvisioningException">A form that readiness does not have.</exception>
    public static void Check(OutputFormat format, ImmutableArray<string> files)
    {
        if (format is OutputFormat.Markdown or OutputFormat.Html)
        {
            throw new ProvisioningException("noSuchForm", "Readiness on standard output is text or JSON.", "Use --format text or json; --report FILE for others.");
        }

        foreach (string file in files.Where(static file => !Forms.ContainsKey(Path.GetExtension(file))))
        {
            throw new ProvisioningException("unknownReportFormat", $"The file '{file}' has an ending that names no form of readiness.",
                $"Use {string.Join(", ", Forms.Keys.Order(StringComparer.Ordinal))}.");
        }
    }

    /// <summary>False when a file could not be written; that was reported. The result on stdout comes in any case.</summary>
    public static async Task<bool> WriteAsync(
        VerbContext context, ReadinessReport report, ImmutableArray<string> files, string? comms, CancellationToken cancellation)
    {
        bool written = true;
        foreach (string file in files)
        {
            try
            {
                await ResultFile.WriteAsync(file, stream => Forms[Path.GetExtension(file)](report, stream, cancellation), cancellation);
                context.Tell($"report: {file} (personal data; keep until {report.KeepUntil:yyyy-MM-dd} at most)");
            }
            catch (ProvisioningException stopped)
            {
                written = false;
                await context.ReportErrorAsync($"{stopped.Message} {stopped.Advice}");
            }
        }

        string next = files.IsEmpty && comms is null ? $"provision readiness --report readiness.json --out people.csv{context.Options.SameAgain}" : "";
        if (context.Options.Format == OutputFormat.Json) await ReadinessJson.WriteAsync(report, context.Terminal.Output, cancellation);
        else await LinesAsync(ReadinessText.Lines(report, next), context.Terminal.Output, cancellation);
        await context.Terminal.Output.FlushAsync(cancellation);
        return written;
    }

    private static Task TextAsync(ReadinessReport report, Stream output, CancellationToken cancellation) =>
        LinesAsync(ReadinessText.Lines(report, string.Empty), output, cancellation);

    private static Task LinesAsync(IEnumerable<string> lines, Stream output, CancellationToken cancellation) => ReportOutput.TextAsync(output, async writer =>
    {
        foreach (string line in lines) await writer.WriteLineAsync(line.AsMemory(), cancellation);
    });
}
