using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Json;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Sql;

/// <summary>The records of a query's rows in the canonical form that <see cref="SqlStream"/>
/// writes. A record's number is the row's in the result, from 1.</summary>
internal sealed class SqlRecords : RecordReader
{
    private readonly JsonText _text;
    private readonly SourceHeader _header;
    private ImmutableArray<string> _raw = [];

    private SqlRecords(JsonText text, SourceHeader header) => (_text, _header) = (text, header);

    public override ImmutableArray<string> ColumnNames => _header.Names;

    /// <summary>Reads the names of the columns; they mean what a header's names mean.</summary>
    /// <exception cref="SourceException">The query cannot be asked, or its columns are not those of a source.</exception>
    public static async Task<SqlRecords> OpenAsync(Stream rows, SourceOptions options, CancellationToken cancellation)
    {
        // Escapes may double a record; what it may hold was judged when the row was written.
        JsonText text = new(rows, options with { MaxRecordBytes = int.MaxValue / 4 });
        int length = await text.LineAsync(cancellation);
        ImmutableArray<string> names;
        using (JsonDocument line = text.Parse(length)) names = [.. line.RootElement.EnumerateArray().Select(name => name.GetString() ?? "")];
        text.Consume(length);
        try
        {
            return new SqlRecords(text, SourceHeader.Read(names, options, null));
        }
        catch (SourceException wrong)
        {
            throw new SourceException([.. wrong.Faults.Select(SqlFaults.OfHeader)]);
        }
    }

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        int length = await _text.LineAsync(cancellation);
        if (length == 0) return false;
        Begin(_text.Line - 1);
        using (JsonDocument line = _text.Parse(length)) Take(line.RootElement);
        _text.Consume(length);
        return true;
    }

    public override SourceFault NoRows(Place place) => SqlFaults.NoRows(place);

    public override ImmutableArray<string> RawFields() => _raw;

    public override ValueTask DisposeAsync() => _text.DisposeAsync();

    private void Take(JsonElement line)
    {
        ImmutableArray<string>.Builder raw = ImmutableArray.CreateBuilder<string>(_header.Count);
        foreach (JsonElement value in line.EnumerateArray())
        {
            if (_header[raw.Count] is { } column) Set(column, CellOf(column, value));
            raw.Add(Shown(value));
        }

        _raw = raw.ToImmutable();
    }

    private static Cell CellOf(SourceColumn column, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when column == SourceColumn.AsOf && TagOf(value) is "at" or "date" => Cell.Parse(Shown(value)),
        JsonValueKind.Object => new Cell(TagOf(value) is "at" or "date" ? CellKind.Date : CellKind.Other, ""),
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            or JsonValueKind.Array => JsonCells.Parse(column, value),
    };

    private static string TagOf(JsonElement tagged) => tagged.EnumerateObject().First().Name;

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.String => JsonCells.TextOf(value) ?? "",
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Array => string.Join('|', value.EnumerateArray().Select(Shown)),
        JsonValueKind.Object => TagOf(value) == "other" ? "" : Shown(value.EnumerateObject().First().Value),
    };
}
