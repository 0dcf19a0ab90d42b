using System.Globalization;
using System.Text.Json;

namespace ProvisioningConnector.Graph.Json;

/// <summary>Parts of a parsed object, read leniently: a value of another type is as good as none.</summary>
internal static class JsonParts
{
    public static JsonElement Part(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    public static string? Text(this JsonElement element, string name) =>
        element.Part(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A point in time; one without offset is UTC.</summary>
    public static DateTimeOffset? Moment(this JsonElement element, string name) =>
        DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name)
    {
        JsonElement list = element.Part(name);
        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
    }
}
