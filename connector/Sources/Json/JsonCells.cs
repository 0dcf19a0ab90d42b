using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Json;

/// <summary>What JSON values are as cells (docs/sources.md#cells): strings are read as the same column's cells in CSV are.</summary>
internal static class JsonCells
{
    public static Cell Parse(SourceColumn column, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => default,
        JsonValueKind.String => TextOf(value) is { } text ? Cell.Parse(text) : new Cell(CellKind.Other, "a string with half a character"),
        JsonValueKind.Number => new Cell(CellKind.Number, value.GetRawText()),
        JsonValueKind.True => new Cell(CellKind.Boolean, "true"),
        JsonValueKind.False => new Cell(CellKind.Boolean, "false"),
        JsonValueKind.Array => Cell.List([.. value.EnumerateArray().Select(Entry)]),
        JsonValueKind.Object when column == SourceColumn.Remove => Removals(value),
        JsonValueKind.Object => new Cell(CellKind.Other, "an object"),
    };

    // A list within a list is nothing that any column knows.
    private static Cell Entry(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => new Cell(CellKind.Other, "a list in the list"),
        JsonValueKind.Object => new Cell(CellKind.Other, "an object"),
        JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            => Parse(SourceColumn.User, value),
    };

    /// <summary>A property's name; null when it holds half a surrogate pair.</summary>
    public static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text of a string; null when it holds half a surrogate pair and so is no text.</summary>
    public static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // {"fido2": "all", "softwareOath": ["id"]} in the words of the cell: fido2, softwareOath:id.
    private static Cell Removals(JsonElement value)
    {
        ImmutableArray<Cell>.Builder entries = ImmutableArray.CreateBuilder<Cell>();
        foreach (JsonProperty property in value.EnumerateObject())
        {
            JsonElement wanted = property.Value;
            if (NameOf(property) is not { } kind)
            {
                entries.Add(new Cell(CellKind.Other, ""));
                continue;
            }

            int before = entries.Count;
            if (wanted.ValueKind == JsonValueKind.Array) entries.AddRange(wanted.EnumerateArray().Select(id => Id(kind, id)));
            else if (Parse(SourceColumn.User, wanted) is { IsBlank: false } cell) entries.Add(IsAll(cell) ? Cell.Parse(kind) : new Cell(CellKind.Other, ""));

            // A kind without anything to remove says nothing, but its name has to be one.
            if (entries.Count == before && !MethodKinds.TryParseRemovable(kind, out _)) entries.Add(Cell.Parse(kind));
        }

        return entries.Count > 0 ? Cell.List(entries.ToImmutable()) : default;
    }

    private static bool IsAll(Cell cell) => cell.Kind == CellKind.Text && cell.Text.AsSpan().Trim().Equals("all", StringComparison.OrdinalIgnoreCase);

    private static Cell Id(string kind, JsonElement id) =>
        id.ValueKind == JsonValueKind.String && TextOf(id) is { } text ? new Cell(CellKind.Text, $"{kind}:{text}") : new Cell(CellKind.Other, "");
}
