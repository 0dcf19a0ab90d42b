using System.Text.Json;

namespace ProvisioningConnector.Sandbox;

internal static class Body
{
    /// <summary>The property as text; null when it is absent or not a string.</summary>
    public static string? Text(this JsonDocument body, string property) =>
        body.RootElement.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
