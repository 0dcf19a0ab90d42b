using System.Text.Json.Nodes;

namespace ProvisioningConnector.Host.Facade.OpenApi;

/// <summary>What both descriptions say alike.</summary>
internal static class Words
{
    public const string ProblemSchema = "Problem";

    public static JsonObject Info => new()
    {
        ["title"] = "ProvisioningConnector",
        ["version"] = "1.0",
        ["description"] = "Authentication methods of single Microsoft Entra ID users: phones, e-mail, other methods, SMS sign-in, passwords. Every change is planned, guarded, executed, verified and recorded like a run. "
            + "PUT and DELETE can be repeated; POST with an Idempotency-Key. Problems are RFC 9457 with a stable code.",
    };

    public static JsonNode Example(string text) => JsonNode.Parse(text) ?? throw new InvalidOperationException("An example that is nothing.");

    public static JsonArray List(IEnumerable<string> values) => [.. values.Select(v => JsonValue.Create(v))];
}
