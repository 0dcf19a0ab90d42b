using System.Text.Json;

namespace ProvisioningConnector.Sandbox.Http;

internal static class JsonProperties
{
    /// <summary>The property as text; null when it is absent or not a string.</summary>
    public static string? Text(this JsonDocument body, string property) =>
        body.RootElement.TryGetProperty(property, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.Readable() : null;

    /// <summary>A string or number as text; null for anything else, and for a string with half a surrogate pair in it.</summary>
    public static string? Readable(this JsonElement value)
    {
        try
        {
            return value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
