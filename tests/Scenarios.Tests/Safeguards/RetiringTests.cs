using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Safeguards;

/// <summary>Phones of people whose SMS and voice have ended, in every way to write one (docs/safety.md#retiring-methods).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RetiringTests
{
    private const string Seed = """
        { "users": [ { "userPrincipalName": "ada@contoso.com", "phones": { "mobile": "+1 2065550101" } },
                     { "userPrincipalName": "ben@contoso.com", "phones": { "mobile": "+1 2065550102" } } ] }
        """;

    [Test]
    public async Task Phones_are_written_with_a_warning_or_held_and_an_undo_is_never_held()
    {
        await using Stage stage = await Stage.OpenAsync(Seed);
        Configure(stage, "Warn");
        stage.Shell.Write("people.csv", "user,mobile\nada@contoso.com,+1 2065550150\n");
        Answer warned = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");
        Configure(stage, "Hold");
        stage.Shell.Write("people.csv", "user,mobile\nada@contoso.com,+1 2065550151\n");
        int before = stage.NotReads().Length;

        Answer held = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");
        Answer doctor = await stage.RunAsync("doctor");
        int between = stage.NotReads().Length;
        Answer undo = await stage.RunAsync("undo", warned.Text("runId"), "--out", "@undo.json", "--format", "json");
        Answer undone = await stage.RunAsync("apply", "@undo.json", "--yes", "--format", "json");

        Assert.That((warned.Exit, held.Exit, undo.Exit, undone.Exit), Is.EqualTo((0, 0, 0, 0)), $"{warned}{held}{undo}{undone}");
        Assert.That(warned.Output, Does.Contain("\"retiringMethod\"").And.Contain("a phone is written all the same"));
        Assert.That(held.Output, Does.Contain("\"RetiringMethod\"").And.Contain("ended for the user on 1 February 2026"));
        Assert.That(doctor.Output, Does.Match("warning +retiring .*1 February 2026"));
        Assert.That((before, between), Is.EqualTo((1, 1)), "nothing was sent while it was held");
        Assert.That(stage.Sandbox.Tenant.User("ada@contoso.com").Mobile, Is.EqualTo("+1 2065550101"));
    }

    [Test]
    public async Task A_saved_plan_is_judged_again_when_it_is_applied()
    {
        await using Stage stage = await Stage.OpenAsync(Seed);
        Configure(stage, "Warn");
        stage.Shell.Write("people.csv", "user,mobile\nada@contoso.com,+1 2065550150\n");
        await stage.RunAsync("plan", "@people.csv", "--out", "@plan.json");
        Configure(stage, "Hold");

        Answer held = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");
        int written = stage.NotReads().Length;
        Configure(stage, "Warn");
        Answer applied = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");

        Assert.That((held.Exit, written, applied.Exit), Is.EqualTo((3, 0, 0)), $"{held}{applied}");
        Assert.That(held.Output, Does.Contain("retiringMethod").And.Contain("Plan again"));
    }

    private static void Configure(Stage stage, string policy) => stage.Shell.Configure(
        stage.Sandbox.Address.GetLeftPart(UriPartial.Authority), stage.Sandbox.Tenant.TenantId.ToString(), new JsonObject
        {
            ["Guardrails"] = new JsonObject { ["RetiringMethod"] = policy, ["SourceShrink"] = "none" },
            ["Readiness"] = new JsonObject { ["Dates"] = new JsonObject { ["Members"] = "2026-02-01" } },
        });
}
