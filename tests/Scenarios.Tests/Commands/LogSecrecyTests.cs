using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Actions;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>What a command shows names people; what it logs does not (docs/safety.md#secrecy).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LogSecrecyTests
{
    private const string User = "marker@contoso.com";

    private const string Seed = """
        { "userPrincipalName": "marker@contoso.com", "displayName": "Marker Person", "mail": "marker.mail@contoso.com", "employeeId": "Marker77",
          "phones": { "mobile": "+1 2065559871", "alternateMobile": "+1 2065559872" }, "email": "marker.e@example.org",
          "default": "sms", "smsSignInScope": true, "smsSignInState": "notEnabled", "methods": [ { "kind": "microsoftAuthenticator" } ] }
        """;

    [Test]
    public async Task No_verb_logs_who_it_is_about()
    {
        await using Stage stage = await ActionStage.OpenAsync(Seed, delegated: true);
        Log(stage);
        stage.Shell.Write("people.csv", $"user,mobile,alternateMobile\n{User},+1 2065559873,\nmarker.two@contoso.com,+1 2065559874,\n");
        string[][] calls =
        [
            ["plan", "@people.csv"], ["apply", "@people.csv", "--yes"], ["explain", User, "@people.csv"], ["export", "--out", "@all.csv", "--reveal"],
            ["doctor"], ["runs"], ["drift"], ["readiness"], ["methods", User], ["methods", "mail:marker.mail@contoso.com"],
            ["methods", "employeeId:Marker77"], ["methods", "marker.absent@contoso.com"], ["set-phone", User, "+1 2065559875:office", "--yes"],
            ["remove-phone", User, "office", "--yes"], ["sms-sign-in", User, "on", "--yes"], ["preferred-method", User, "push", "--yes"],
            ["reset-password", User, "--yes"], ["issue-tap", User, "--yes"], ["history", User], ["require-reregister", User, "--yes"],
            ["offboard", User, "--yes"], ["recovery"], ["audit", "verify"],
        ];

        foreach (string[] call in calls) await stage.RunAsync([.. call, "--verbose"]);

        string log = await File.ReadAllTextAsync(stage.Shell.At("provision.log"));
        Assert.That(log, Does.Contain("/users/").And.Contain("client-request-id"), "requests are logged");
        string[] lines = [.. log.Split('\n').Where(Names)];
        Assert.That(lines, Is.Empty);
    }

    private static bool Names(string line) =>
        line.Contains("marker", StringComparison.OrdinalIgnoreCase) || line.Contains("20655598", StringComparison.Ordinal);

    private static void Log(Stage stage)
    {
        JsonObject settings = JsonNode.Parse(File.ReadAllText(stage.Shell.ConfigFile))?.AsObject() ?? [];
        settings["Logging"] = new JsonObject { ["File"] = "provision.log" };
        File.WriteAllText(stage.Shell.ConfigFile, settings.ToJsonString());
    }
}
