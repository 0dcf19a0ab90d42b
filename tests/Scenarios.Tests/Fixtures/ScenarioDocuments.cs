using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Support;
using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Scenarios.Tests.Fixtures;

/// <summary>The documents of a scenario as they once were, in its folder <c>documents</c>.</summary>
internal static class ScenarioDocuments
{
    /// <summary>Set to 1, every scenario writes what it finds into the checkout instead of comparing.</summary>
    private const string Record = "RECORD_DOCUMENTS";

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Fails where a property of the kept document is missing or has another value.</summary>
    public static async Task CompareAsync(Scenario scenario, string name, JsonElement document)
    {
        JsonNode? found = KeptDocument.OfAnyRun(JsonNode.Parse(document.GetRawText()));
        if (Environment.GetEnvironmentVariable(Record) == "1")
        {
            string folder = Path.Combine(Checkout.Root, "tests", "Scenarios.Tests", "Scenarios", scenario.Name, "documents");
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.json"), found?.ToJsonString(Layout) + "\n");
            return;
        }

        JsonNode? kept = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(scenario.Folder, "documents", $"{name}.json")));
        Assert.That(KeptDocument.Differences(kept, found), Is.Empty,
            $"The document {name} of {scenario.Name} is not what it was. Where that is meant, change the value there ({Record}=1 writes them anew).");
    }
}
