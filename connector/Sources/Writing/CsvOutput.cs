using System.Collections.Immutable;
using System.Text;
using ProvisioningConnector.Sources.Csv;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Writing;

/// <summary>CSV with a header line. No cell can run as a formula, and phone numbers stay as they are.</summary>
/// <param name="output">Receives UTF-8 without a mark.</param>
public sealed class CsvOutput(Stream output) : IRowOutput
{
    private readonly StreamWriter _text = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);

    /// <inheritdoc/>
    public ValueTask BeginAsync(ImmutableArray<string> columns, CancellationToken cancellation) => LineAsync(columns, cancellation);

    /// <inheritdoc/>
    public ValueTask WriteAsync(ImmutableArray<RowCell> cells, CancellationToken cancellation) =>
        LineAsync(cells.Select(static c => c.IsPhone ? SpreadsheetText.MarkUnlessPhones(c.Text) : SpreadsheetText.Mark(c.Text)), cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _text.DisposeAsync();

    private async ValueTask LineAsync(IEnumerable<string> cells, CancellationToken cancellation) =>
        await _text.WriteAsync(CsvLine.Format(cells, ',').AsMemory(), cancellation);
}
