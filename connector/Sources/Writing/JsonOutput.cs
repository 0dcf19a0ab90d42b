using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProvisioningConnector.Sources.Writing;

/// <summary>JSON: an object to a row, in one array or one to a line. An empty cell is left out, and so unmanaged.</summary>
/// <param name="output">Receives UTF-8.</param>
/// <param name="lines">One object to a line (NDJSON) instead of one array.</param>
public sealed class JsonOutput(Stream output, bool lines) : IRowOutput
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private ImmutableArray<string> _columns = [];
    private bool _hasRows;

    /// <inheritdoc/>
    public async ValueTask BeginAsync(ImmutableArray<string> columns, CancellationToken cancellation)
    {
        _columns = columns;
        if (!lines) await output.WriteAsync("["u8.ToArray(), cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(ImmutableArray<RowCell> cells, CancellationToken cancellation)
    {
        using MemoryStream row = new();
        if (!lines) row.Write(_hasRows ? ",\n"u8 : "\n"u8);
        using (Utf8JsonWriter json = new(row, Plain))
        {
            json.WriteStartObject();
            for (int i = 0; i < cells.Length; i++)
            {
                if (cells[i].Text.Length > 0) json.WriteString(_columns[i], cells[i].Text);
            }

            json.WriteEndObject();
        }

        if (lines) row.WriteByte((byte)'\n');
        _hasRows = true;
        await output.WriteAsync(row.GetBuffer().AsMemory(0, (int)row.Length), cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!lines) await output.WriteAsync("\n]\n"u8.ToArray(), CancellationToken.None);
    }
}
