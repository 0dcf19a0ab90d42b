using System.Collections.Immutable;
using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Csv;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Sources;

/// <summary>
/// Writes CSV that <see cref="SourceFile"/> reads back to the same. Full numbers: the file is the owner's alone
/// (<see cref="PrivateFile"/>). No cell can run as a formula, and phone numbers stay as they are.
/// </summary>
public sealed class SourceWriter : IAsyncDisposable
{
    private readonly ImmutableArray<SourceColumn> _columns;
    private readonly StreamWriter _text;

    private SourceWriter(ImmutableArray<SourceColumn> columns, StreamWriter text) => (_columns, _text) = (columns, text);

    /// <summary>The columns of <c>export</c>.</summary>
    public static ImmutableArray<SourceColumn> ExportColumns { get; } =
        [SourceColumn.User, SourceColumn.Mobile, SourceColumn.AlternateMobile, SourceColumn.Office, SourceColumn.Email];

    /// <summary>Begins with the header; the stream stays open.</summary>
    public static async Task<SourceWriter> CreateAsync(Stream output, ImmutableArray<SourceColumn> columns, CancellationToken cancellation)
    {
        SourceWriter writer = new SourceWriter(columns, new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true));
        await writer.LineAsync(columns.Select(column => column.Name()), cancellation);
        return writer;
    }

    /// <summary>
    /// Writes what the tenant holds of a user. An empty slot is left blank and so unmanaged: an export that is applied
    /// later takes back changes and deletions, and deletes nothing that came since.
    /// </summary>
    public Task WriteAsync(string user, CurrentMethods current, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(current);
        return LineAsync(_columns.Select(column => Cell(column, user, current)), cancellation);
    }

    public async ValueTask DisposeAsync() => await _text.DisposeAsync();

    private Task LineAsync(IEnumerable<string> cells, CancellationToken cancellation) =>
        _text.WriteAsync(CsvLine.Of(cells, ',').AsMemory(), cancellation);

    private static string Cell(SourceColumn column, string user, CurrentMethods current) => column switch
    {
        SourceColumn.User => SpreadsheetText.Mark(user),
        SourceColumn.Mobile => Slot(current.Mobile),
        SourceColumn.AlternateMobile => Slot(current.AlternateMobile),
        SourceColumn.Office => Slot(current.Office),
        SourceColumn.Email => SpreadsheetText.Mark(current.Email?.Address ?? ""),
        SourceColumn.Phones or SourceColumn.Country or SourceColumn.Remove or SourceColumn.SmsSignIn or SourceColumn.AsOf or SourceColumn.RejectReason => "",
    };

    private static string Slot(CurrentSlot slot) => SpreadsheetText.MarkUnlessPhones(slot.FullText() ?? "");
}
