using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Json;

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
        using (JsonDocument document = Text.Parse(count)) Read(document.RootElement);
        Text.Consume(count);
    }

    private void Read(JsonElement record)
    {
        Place place = new Place(Options.Name, Row);
        if (record.ValueKind != JsonValueKind.Object) throw new SourceException(FileFaults.NotAnObject(place));
        _names.Clear();
        ImmutableArray<SourceFault> faults = ImmutableArray<SourceFault>.Empty;
        foreach (JsonProperty property in record.EnumerateObject())
        {
            if (JsonCells.NameOf(property) is not { } written)
            {
                faults = faults.Add(FileFaults.HalfCharacter(place));
                continue;
            }

            string name = InvisibleCharacters.Trim(written);
            if (SourceHeader.Meaning(name, Options, place, out SourceFault? fault) is not { } column)
            {
                if (fault is not null) faults = faults.Add(fault);
            }
            else if (_names.TryAdd(column, name))
            {
                Set(column, JsonCells.Parse(column, property.Value));
            }
            else
            {
                Add(RowFaults.DuplicateProperty(place with { Column = column.Name() }, _names[column], name));
            }
        }

        if (!faults.IsEmpty) throw new SourceException(faults);
    }
}
