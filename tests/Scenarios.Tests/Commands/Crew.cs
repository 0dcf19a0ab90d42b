using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>A tenant of some users with a mobile, and a source that changes it and adds an office phone for each.</summary>
internal static class Crew
{
    /// <summary>Users of the usual crew.</summary>
    public const int Usual = 30;

    public static string Name(int number) => $"u{number:D2}@contoso.com";

    public static SandboxSeed Seed(int users, LatencySettings? latency = null) => new()
    {
        Settings = SandboxSettings.Default with { Latency = latency },
        Users = [.. Enumerable.Range(0,
            users).Select(i => new SeedUser { UserPrincipalName = Name(i), DisplayName = $"User {i}",
                Phones = new SeedPhones { Mobile = $"+1 20655501{i:D2}" } })],
    };

    public static string Source(int users) =>
        "user,phones\n" + string.Concat(Enumerable.Range(0, users).Select(i => $"{Name(i)},+1 20655502{i:D2}:mobile;+1 20655503{i:D2}:office\n"));

    /// <summary>Few users at once, so that a run can be interrupted.</summary>
    public static JsonObject Slowly() => new()
    {
        ["Quota"] = new JsonObject { ["MaxInFlight"] = 2 }, ["Guardrails"] = new JsonObject { ["MaxUpdates"] = "none" },
    };

    /// <summary>The first writes are quick, all others so slow that a run is certainly under way when a test looks at it.</summary>
    public static FaultPlan Stalling(int quick) =>
        FaultPlan.Parse($$$"""{"rules":[{"match":{"access":"write"},"nth":{{{quick + 1}}},"every":1,"count":999,"then":{"delayBefore":2500}}]}""");

    public static async Task<Stage> StageAsync(int users, JsonObject? settings = null)
    {
        JsonObject all = Slowly();
        foreach ((string key, JsonNode? value) in settings ?? []) all[key] = value?.DeepClone();
        Stage stage = await Stage.OpenAsync(Seed(users), all);
        stage.Shell.Write("people.csv", Source(users));
        return stage;
    }

    public static bool IsDone(SandboxUser user, int number) => user.Mobile == $"+1 20655502{number:D2}" && user.Office == $"+1 20655503{number:D2}";

    public static int Done(Stage stage, int users) => Enumerable.Range(0, users).Count(i => IsDone(stage.Sandbox.Tenant.User(Name(i)), i));
}
