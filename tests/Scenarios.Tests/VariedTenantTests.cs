using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Scenarios.Tests.Actions;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests;

/// <summary>
/// Tenants that differ in everything that docs/graph.md marks as unknown. Whatever they do, what is written was planned, nothing is
/// written twice, and a run that says it succeeded has left nothing to do.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class VariedTenantTests
{
    private const string Source = """
        user,phones,email,remove
        ada@contoso.com,+1 2065550150:mobile;+1 4255550199:office,ada@example.org,
        ben@contoso.com,+44 2079460018:mobile,,
        cleo@contoso.com,+1 2065550113:mobile|+1 2065550103:alternateMobile|+1 2065550123x103:office,none,
        dan@contoso.com,+1 2065550104:mobile|+1 2065550105:alternateMobile,,
        eve@contoso.com,+1 2065550153:mobile,,fido2
        finn_fabrikam.com#EXT#@contoso.com,+1 2065550106:office,,
        gil@contoso.com,none,,
        jon@contoso.com,+1 2065550160:mobile,,
        """;

    [Test]
    public async Task A_run_keeps_its_promises([Range(1, 16)] int seed)
    {
        SandboxSettings settings = SandboxSettings.Default.Vary(seed);
        await using Stage stage = await Stage.OpenAsync(EmbeddedSeeds.Contoso() with { Settings = settings }, new JsonObject { ["ProtectPrivileged"] = "Off" });
        stage.Shell.Write("people.csv", Source);

        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json", "--verbose");

        Assert.That(apply.Exit, Is.AnyOf(0, 3, 4), $"{apply}");
        new Secrets().Learn(Source).AreNotIn("apply", apply.All);
        JsonElement run = (await stage.RunAsync("show", apply.Text("runId"), "--format", "json", "--reveal")).Document;
        string[] planned = [.. run.GetProperty("users").EnumerateArray()
            .SelectMany(u => u.GetProperty("operations").EnumerateArray().Select(o => Lines.Sent(Lines.Text(u, "uid") ?? "", o)))];
        string[] sent = [.. stage.Sandbox.Journal.AppliedWrites.Select(Lines.Applied)];
        Assert.That(sent, Is.SubsetOf(planned).And.Unique, $"{apply}");
        Answer again = await stage.RunAsync("plan", "@people.csv", "--format", "json");
        if (apply.Exit == 0) Assert.That(again.Document.GetProperty("summary").GetProperty("changed").GetInt64(), Is.Zero, $"{again}");
        TestContext.Out.WriteLine($"exit {apply.Exit}: {sent.Length} writes of {planned.Length} planned");
    }
}
