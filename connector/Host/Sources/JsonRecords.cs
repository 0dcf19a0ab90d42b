using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Host.Sources;

/// <summary>What the JSON formats have in common: a record is an object, its properties are columns.</summary>
internal abstract class JsonRecords(JsonText text, SourceOptions options) : RecordReader
{
    private static readonly ImmutableArray<string> OneColumn = ["record"];

    private readonly Dictionary<SourceColumn, string> _names = [];
    private ReadOnlyMemory<byte> _record;

    /// <summary>The whole record is the one column.</summary>
    public override ImmutableArray<string> ColumnNames => OneColumn;

    protected JsonText Text { get; } = text;

    protected SourceOptions Options { get; } = options;

    public override ImmutableArray<string> RawFields() => [Encoding.UTF8.GetString(_record.Span).Trim()];

    public override ValueTask DisposeAsync() => Text.DisposeAsync();

    /// <summary>Reads the record in the first bytes of the window and goes on behind it.</summary>
    protected void Take(int count)
    {
        Begin(Text.Line);
        _record = Text.Window[..count];
        using (var document = Text.Parse(count)) Read(document.RootElement);
        Text.Consume(count);
    }

    private void Read(JsonElement record)
    {
        var place = new Place(Options.Name, Row);
        if (record.ValueKind != JsonValueKind.Object) throw new SourceException(FileFaults.NotAnObject(place));
        _names.Clear();
        var faults = ImmutableArray<SourceFault>.Empty;
        foreach (var property in record.EnumerateObject())
        {
            if (SourceHeader.IsIgnored(property.Name, Options)) continue;
            if (!SourceColumns.TryParse(property.Name, out var column))
            {
                var shown = SourceHeader.Shown(property.Name);
                faults = faults.Add(FileFaults.UnlistedColumn(shown[0] == '\'' ? place with { Column = property.Name } : place, shown, SourceColumns.Nearest(property.Name)));
            }
            else if (_names.TryAdd(column, property.Name))
            {
                Set(column, JsonCells.Of(column, property.Value));
            }
            else
            {
                Add(RowFaults.DuplicateProperty(place with { Column = column.Name() }, _names[column], property.Name));
            }
        }

        if (!faults.IsEmpty) throw new SourceException(faults);
    }
}
