using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace ProvisioningConnector.Crest.Json;

/// <summary>
/// Writes objects with the fields that were asked for: <c>_id</c> and <c>_rev</c> first, whatever was asked for, then the others in the order of the object,
/// nested ones in their place (docs/openidm.md#addresses-and-parameters). In arrays a name of digits picks an element, any other name picks that
/// member of all elements. Compiled once, used for each object of a result.
/// </summary>
public sealed class Projection
{
    private readonly Branch? _asked;

    private Projection(Branch? asked) => _asked = asked;

    /// <summary>The projection of a selection. With <see cref="FieldSelection.Defaults"/> all that the object holds is written.</summary>
    public static Projection From(FieldSelection selection)
    {
        ArgumentNullException.ThrowIfNull(selection);
        if (selection.Defaults) return new(null);
        Branch root = new();
        foreach (JsonPointer field in selection.Fields) root.Plant(field.Names);
        return new(root);
    }

    /// <summary>Writes one object.</summary>
    public void Write(Utf8JsonWriter json, JsonElement source)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        WriteFirst(json, source, "_id"u8);
        WriteFirst(json, source, "_rev"u8);
        foreach (JsonProperty property in source.EnumerateObject())
        {
            if (property.NameEquals("_id"u8) || property.NameEquals("_rev"u8)) continue;
            if (_asked is null) property.WriteTo(json);
            else if (_asked.Find(property.Name) is { } branch) Write(json, property, branch);
        }

        json.WriteEndObject();
    }

    private static void WriteFirst(Utf8JsonWriter json, JsonElement source, ReadOnlySpan<byte> name)
    {
        if (!source.TryGetProperty(name, out JsonElement value)) return;
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private static void Write(Utf8JsonWriter json, JsonProperty property, Branch branch)
    {
        if (!branch.IsWhole && property.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) return;
        json.WritePropertyName(property.Name);
        Write(json, property.Value, branch);
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, Branch branch)
    {
        if (branch.IsWhole)
        {
            value.WriteTo(json);
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            json.WriteStartObject();
            foreach (JsonProperty property in value.EnumerateObject())
            {
                if (branch.Find(property.Name) is { } next) Write(json, property, next);
            }

            json.WriteEndObject();
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            json.WriteStartArray();
            foreach (JsonElement item in value.EnumerateArray())
            {
                if (branch.Find((index++).ToString(CultureInfo.InvariantCulture)) is { } next) Write(json, item, next);
                else if (branch.NamesMembers && item.ValueKind == JsonValueKind.Object) Write(json, item, branch);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>The names asked for on one level.</summary>
    private sealed class Branch
    {
        private readonly Dictionary<string, Branch> _names = new(StringComparer.Ordinal);

        public bool IsWhole { get; private set; }

        /// <summary>Whether something beside elements of an array is asked for.</summary>
        public bool NamesMembers => _names.Keys.Any(static name => !name.All(char.IsAsciiDigit));

        public Branch? Find(string name) => _names.GetValueOrDefault(name) ?? _names.GetValueOrDefault("*");

        public void Plant(ImmutableArray<string> path)
        {
            Branch at = this;
            foreach (string name in path)
            {
                if (!at._names.TryGetValue(name, out Branch? next)) at._names[name] = next = new Branch();
                at = next;
            }

            at.IsWhole = true;
        }
    }
}
