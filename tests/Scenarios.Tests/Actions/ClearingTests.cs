using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Actions;

/// <summary>Users who are left without methods on purpose, and the pass that lets them register.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ClearingTests
{
    private const string Avery = "avery@contoso.com";

    private static string User(string preferred, string more = "") => $$"""
        { "userPrincipalName": "avery@contoso.com", "email": "avery@example.org", "default": "{{preferred}}",
          "phones": { "mobile": "+1 2065550100", "alternateMobile": "+1 2065550101", "office": "+1 2065550102" },
          "methods": [ { "kind": "microsoftAuthenticator" }, { "kind": "softwareOath" }, { "kind": "hardwareOath" } {{more}} ] }
        """;

    [TestCase("push")]
    [TestCase("oath")]
    [TestCase("sms")]
    [TestCase("voiceMobile")]
    [TestCase("voiceAlternateMobile")]
    [TestCase("voiceOffice")]
    public async Task Whatever_is_the_default_goes_last_and_the_user_registers_anew(string preferred)
    {
        await using Stage stage = await ActionStage.OpenAsync(User(preferred));

        Answer run = await stage.RunAsync("require-reregister", Avery, "--yes", "--format", "json");

        Assert.That(run.Exit, Is.Zero, $"{run}");
        Assert.That(run.Codes(), Does.Contain("policiesAside"));
        Assert.That(Lines.Format(stage.Sandbox.Tenant.User(Avery)), Is.EqualTo("email avery@example.org"));
        Assert.That(run.Operations().Count(o => Lines.Text(o, "action") == "disable" && Lines.Text(o, "method") == "hardwareOath"), Is.EqualTo(1));
        Assert.That(stage.Sandbox.Journal.Counts["hardwareOath.deactivate"], Is.EqualTo(1));
    }

    [Test]
    public async Task A_default_that_cannot_be_read_is_found_by_its_refusal_and_tried_again_at_the_end()
    {
        await using Stage stage = await ActionStage.OpenAsync(User("push"), """{ "permissions": { "preferences": "forbidden" } }""");

        Answer run = await stage.RunAsync("require-reregister", Avery, "--yes", "--format", "json");

        Assert.That(run.Exit, Is.Zero, $"{run}");
        Assert.That(Lines.Format(stage.Sandbox.Tenant.User(Avery), withDefault: false), Is.EqualTo("email avery@example.org"));
    }

    [Test]
    public async Task A_pass_is_issued_when_the_rest_is_gone()
    {
        await using Stage stage = await ActionStage.OpenAsync(User("push", """, { "kind": "temporaryAccessPass" }"""));

        Answer run = await stage.RunAsync("require-reregister", Avery, "--issue-tap", "--yes", "--format", "json");

        Assert.That(run.Exit, Is.Zero, $"{run}");
        Assert.That(Lines.Text(run.Operations()[^1], "secret"), Is.Not.Empty);
        Assert.That(Lines.Format(stage.Sandbox.Tenant.User(Avery)), Is.EqualTo("email avery@example.org; temporaryAccessPass 1"));
        Assert.That(run.Codes(), Does.Contain("passReplaced").And.Not.Contain("defaultMayStay"), "a pass that is replaced keeps no default alive");
    }

    [Test]
    public async Task Who_leaves_keeps_nothing_that_can_be_removed()
    {
        await using Stage stage = await ActionStage.OpenAsync(User("sms",
            """, { "kind": "fido2" }, { "kind": "windowsHello" }, { "kind": "platformCredential" }, { "kind": "external" }, """
            + """{ "kind": "temporaryAccessPass" }"""));

        Answer plan = await stage.RunAsync("offboard", Avery, "--dry-run", "--format", "json");
        Assert.That((plan.Exit, stage.NotReads().Length, plan.Operations().Length), Is.EqualTo((0, 0, 12)), $"{plan}");

        Answer run = await stage.RunAsync("offboard", Avery, "--yes", "--format", "json");
        Assert.That(run.Exit, Is.Zero, $"{run}");
        Assert.That(Lines.Format(stage.Sandbox.Tenant.User(Avery)), Is.Empty);
        Assert.That((await stage.RunAsync("offboard", Avery, "--yes", "--format", "json")).Text("kind"), Is.EqualTo("plan"), "nothing is left to do");
    }

    [Test]
    public async Task A_default_that_other_methods_keep_alive_is_left_and_reported()
    {
        await using Stage stage = await ActionStage.OpenAsync(User("push", """, { "kind": "fido2" }"""));

        Answer run = await stage.RunAsync("require-reregister", Avery, "--yes", "--format", "json");

        Assert.That(run.Exit, Is.EqualTo(4), $"{run}");
        Assert.That(run.Codes(), Does.Contain("defaultMayStay"));
        Assert.That(Lines.Format(stage.Sandbox.Tenant.User(Avery), withDefault: false),
            Is.EqualTo("email avery@example.org; fido2 1; microsoftAuthenticator 1"));
    }

    [Test]
    public async Task A_pass_replaces_the_one_that_is_there_and_keeps_to_what_was_asked()
    {
        await using Stage stage = await ActionStage.OpenAsync(
            """{ "userPrincipalName": "avery@contoso.com", "methods": [ { "kind": "temporaryAccessPass" } ] }""");

        Answer run = await stage.RunAsync("issue-tap", Avery, "--lifetime", "90", "--once", "--yes", "--format", "json");

        Assert.That(run.Exit, Is.Zero, $"{run}");
        Assert.That(run.Codes(), Does.Contain("passReplaced"));
        Assert.That(stage.Applied(), Has.Length.EqualTo(2));
        Assert.That(stage.Sandbox.Journal.AppliedWrites[1].Body, Does.Contain("90").And.Contain("true"));
        StoredMethod pass = stage.Sandbox.Tenant.User(Avery).Credentials.Others.Single();
        Assert.That((pass.Pass?.LifetimeInMinutes, pass.Pass?.UsableOnce), Is.EqualTo((90, true)));
    }

    [TestCase("offboard")]
    [TestCase("require-reregister")]
    [TestCase("reset-password")]
    [TestCase("issue-tap")]
    public async Task A_protected_user_is_left_alone_until_allowed(string verb)
    {
        await using Stage stage = await ActionStage.OpenAsync(User("push"),
            tenantSettings: new JsonObject { ["Protected"] = new JsonObject { [Avery] = "board member" } });

        Answer held = await stage.RunAsync(verb, Avery, "--yes", "--format", "json");
        Assert.That((held.Exit, held.Text("kind"), stage.NotReads().Length), Is.EqualTo((3, "plan", 0)), $"{held}");
        Assert.That(held.Output, Does.Contain("\"protected\""));

        Answer allowed = await stage.RunAsync(verb, Avery, "--yes", "--allow", $"protected={Avery}", "--reason", "asked by the board");
        Assert.That(allowed.Exit, Is.Zero, $"{allowed}");
    }
}
