using System.Text.Json.Nodes;
using ProvisioningConnector.Facade.Plain;
using ProvisioningConnector.Facade.Plain.Operations;

namespace ProvisioningConnector.Facade.OpenApi;

/// <summary>What both descriptions say alike.</summary>
internal static class Words
{
    public const string ProblemSchema = "Problem";

    public static JsonObject Info => new()
    {
        ["title"] = "ProvisioningConnector",
        ["version"] = "1.0",
        ["description"] = "Authentication methods of single Microsoft Entra ID users: phones, e-mail, other methods, SMS sign-in, passwords. Every change is "
            + "planned, guarded, executed, verified and recorded like a run. "
            + "PUT and DELETE can be repeated; POST with an Idempotency-Key. Problems are RFC 9457 with a stable code.",
    };

    /// <summary>Every operation, by path and method.</summary>
    public static JsonObject Paths(Func<PlainOperation, JsonObject> describe)
    {
        JsonObject paths = [];
        foreach (IGrouping<string, PlainOperation> path in PlainOperations.All.GroupBy(o => o.Path, StringComparer.Ordinal))
        {
            JsonObject item = [];
            foreach (PlainOperation operation in path) item[operation.Method.ToLowerInvariant()] = describe(operation);
            paths[path.Key] = item;
        }

        return paths;
    }

    public static JsonNode Example(string text) => JsonNode.Parse(text) ?? throw new InvalidOperationException("An empty example.");

    public static JsonArray List(IEnumerable<string> values) => [.. values.Select(v => JsonValue.Create(v))];
}
