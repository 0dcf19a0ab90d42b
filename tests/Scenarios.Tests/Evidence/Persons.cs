using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Commands;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Evidence;

/// <summary>Several people at one shell, and settings that change between their commands.</summary>
internal static class Persons
{
    public static Task<Answer> AsAsync(this Stage stage, string person, params string[] words)
    {
        stage.Shell.Actor = $"{person}@here";
        return stage.RunAsync(words);
    }

    /// <summary>A tenant of some users whose office phones the source removes.</summary>
    public static async Task<Stage> RemovingAsync(int users, JsonObject settings, ScenarioTime? time = null)
    {
        Stage stage = await Stage.OpenAsync(
            new Sandbox.Seed.SandboxSeed
            {
                Users = [.. Enumerable.Range(0,
                users).Select(i => new Sandbox.Seed.SeedUser { UserPrincipalName = Crew.Name(i),
                    DisplayName = $"User {i}", Phones = new Sandbox.Seed.SeedPhones { Mobile = $"+1 20655501{i:D2}", Office = $"+1 20655502{i:D2}" } })]
            },
            settings, time);
        stage.Shell.Write("people.csv", "user,office\n" + string.Concat(Enumerable.Range(0, users).Select(i => $"{Crew.Name(i)},none\n")));
        return stage;
    }

    /// <summary>Changes the configuration file.</summary>
    public static void Set(this Stage stage, Action<JsonObject> change)
    {
        JsonObject settings = JsonNode.Parse(File.ReadAllText(stage.Shell.ConfigFile))?.AsObject() ?? throw new AssertionException("no configuration");
        change(settings);
        File.WriteAllText(stage.Shell.ConfigFile, settings.ToJsonString());
    }

    public static JsonObject Tenant(this JsonObject settings) => settings["Tenants"]?["contoso"]?.AsObject() ?? throw new AssertionException("no tenant");

    /// <summary>The records of the audit trail, as exported.</summary>
    public static async Task<JsonElement[]> TrailAsync(this Stage stage)
    {
        Answer export = await stage.RunAsync("audit", "export", "--out", "@trail.ndjson");
        Assert.That(export.Exit, Is.Zero, $"{export}");
        return [.. File.ReadAllLines(stage.Shell.At("trail.ndjson")).Select(l => JsonDocument.Parse(l).RootElement)];
    }

    public static string[] Codes(this Answer answer, string list) =>
        [.. answer.Document.GetProperty(list).EnumerateArray().Select(d => Lines.Text(d, "code") ?? "")];
}
