using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Reports.Spreadsheets;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Writing;

namespace ProvisioningConnector.Host.Cli;

/// <summary>The form of an exported file, by its ending, as sources are read by theirs (docs/sources.md#formats).</summary>
internal static class ExportOutput
{
    /// <exception cref="ProvisioningException">The ending means no form that is written.</exception>
    public static SourceFormat FormatOf(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".CSV" or ".XLSX" or ".JSON" or ".NDJSON" && SourceFormats.TryOfPath(path, out SourceFormat format)
            ? format
            : throw new ProvisioningException("exportForm", $"'{path}' does not end in a format of export.",
                "Use .csv, .xlsx, .json or .ndjson.");

    public static IRowOutput Open(SourceFormat format, Stream output) => format switch
    {
        SourceFormat.Csv => new CsvOutput(output),
        SourceFormat.Xlsx => new SheetOutput(output),
        SourceFormat.Json => new JsonOutput(output, lines: false),
        SourceFormat.Ndjson => new JsonOutput(output, lines: true),
        SourceFormat.Rows => throw new InvalidOperationException("Rows of a query are no form of a file."),
    };

    /// <summary>A workbook; its cells are text, so none of them runs as a formula.</summary>
    private sealed class SheetOutput(Stream output) : IRowOutput
    {
        private SheetWriter? _sheet;

        public async ValueTask BeginAsync(ImmutableArray<string> columns, CancellationToken cancellation)
        {
            _sheet = await SheetWriter.CreateAsync(output, "methods", cancellation);
            await _sheet.WriteAsync(columns, cancellation);
        }

        public ValueTask WriteAsync(ImmutableArray<RowCell> cells, CancellationToken cancellation) =>
            _sheet?.WriteAsync(cells.Select(static c => c.Text), cancellation) ?? throw new InvalidOperationException("The names of the columns come first.");

        public ValueTask DisposeAsync() => _sheet?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
