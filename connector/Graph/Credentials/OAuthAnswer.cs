using System.Text.Json;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>What an answer of the login is, as far as it has to be distinguished from those of other programs.</summary>
/// <param name="IsJson">A JSON object.</param>
/// <param name="HasError">It has <c>error</c>, a word, as OAuth prescribes it for refusals.</param>
/// <param name="Description">Its <c>error_description</c>.</param>
internal readonly record struct OAuthAnswer(bool IsJson, bool HasError, string? Description)
{
    /// <summary>The number of the refusal's <c>AADSTS</c> code.</summary>
    public int? Refusal => Description is { } text ? EntraRefusal.Find([text])?.Number : null;

    public static OAuthAnswer Read(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Utf8Text.WithoutMark(body));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new OAuthAnswer(true, Text(document.RootElement, "error") is { Length: > 0 }, Text(document.RootElement, "error_description"))
                : default;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON: another program's answer.
            return default;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
