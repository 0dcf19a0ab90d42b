using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Actions;

/// <summary>Microsoft's tutorial on authentication methods, step by step, by the verbs alone.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TutorialTests
{
    private const string Avery = "avery@contoso.com";

    [Test]
    public async Task A_run_reports_what_its_plan_announced()
    {
        await using Stage stage = await ActionStage.OpenAsync("""{ "userPrincipalName": "avery@contoso.com" }""");

        Answer run = await stage.RunAsync("set-phone", Avery, "+1 2065555555:mobile", "--yes", "--format", "json");

        Assert.That((run.Exit, run.Text("kind")), Is.EqualTo((0, "run")), $"{run}");
        Assert.That(run.Document.GetProperty("summary").GetProperty("forecast").GetProperty("writes").GetInt64(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_tutorials_six_steps_are_done_by_verbs()
    {
        await using Stage stage = await ActionStage.OpenAsync("""{ "userPrincipalName": "avery@contoso.com", "displayName": "Avery" }""", delegated: true);
        SandboxUser avery = stage.Sandbox.Tenant.User(Avery);

        // 1 and 2: a user with a password only gets a mobile and an office phone.
        Answer first = await stage.RunAsync("methods", Avery, "--format", "json");
        Assert.That((first.Exit, first.Text("kind"), first.Document.GetProperty("usable").GetInt32()), Is.EqualTo((0, "methods", 0)), $"{first}");
        Answer mobile = await stage.RunAsync("set-phone", Avery, "+1 2065555555:mobile", "--yes");
        Answer office = await stage.RunAsync("set-phone", Avery, "+1 4255550199:office", "--yes");
        Assert.That((mobile.Exit, office.Exit), Is.EqualTo((0, 0)), $"{mobile}{office}");
        Assert.That(Lines.Format(avery, withDefault: false), Is.EqualTo("mobile +1 2065555555; office +1 4255550199"));

        // 3: they are there, so the same once more changes nothing.
        Answer masked = await stage.RunAsync("methods", Avery);
        Answer full = await stage.RunAsync("methods", Avery, "--reveal");
        Assert.That(masked.Output, Does.Contain("mobile").And.Contain("office").And.Not.Contain("2065555555"));
        Assert.That(full.Output, Does.Contain("+1 2065555555").And.Contain("+1 4255550199"));
        stage.Sandbox.Journal.Clear();
        Answer again = await stage.RunAsync("set-phone", Avery, "+1 2065555555:mobile", "--yes", "--format", "json");
        Assert.That((again.Exit, again.Text("kind"), stage.NotReads().Length), Is.EqualTo((0, "plan", 0)), $"{again}");

        // 4: the office phone goes.
        Answer removed = await stage.RunAsync("remove-phone", Avery, "office", "--yes", "--format", "json");
        Assert.That(removed.Exit, Is.Zero, $"{removed}");
        Assert.That(Lines.Format(avery, withDefault: false), Is.EqualTo("mobile +1 2065555555"));

        // 5 and 6: the password is reset, and the operation followed to its end.
        Answer reset = await stage.RunAsync("reset-password", Avery, "--yes", "--format", "json");
        Assert.That(reset.Exit, Is.Zero, $"{reset}");
        Assert.That(Lines.Text(reset.Operations().Single(), "secret"), Has.Length.GreaterThan(8));
        Assert.That(stage.Sandbox.Journal.Counts["operation.read"], Is.EqualTo(2));
        Assert.That(avery.PasswordChanges, Is.EqualTo(1));
    }

    [Test]
    public async Task SMS_sign_in_is_switched_on_and_off_and_the_states_are_reported()
    {
        await using Stage stage = await ActionStage.OpenAsync(
            """{ "userPrincipalName": "avery@contoso.com", "phones": { "mobile": "+1 2065555555" }, "smsSignInScope": true,"""
            + """ "smsSignInState": "notEnabled" }""");

        Answer on = await stage.RunAsync("sms-sign-in", Avery, "on", "--yes");
        Assert.That(on.Exit, Is.Zero, $"{on}");
        Assert.That(on.Error, Does.Contain("ready now"));
        Assert.That(Lines.Format(stage.Sandbox.Tenant.User(Avery), withDefault: false), Does.Contain("sms ready"));

        Answer off = await stage.RunAsync("sms-sign-in", Avery, "off", "--yes", "--format", "json");
        Assert.That(off.Exit, Is.Zero, $"{off}");
        Assert.That(off.Codes(), Does.Contain("onlyWayIn"));
        Assert.That(Lines.Format(stage.Sandbox.Tenant.User(Avery), withDefault: false), Does.Not.Contain("sms ready"));
    }

    [Test]
    public async Task A_policy_that_forbids_SMS_sign_in_is_reported_in_the_plan_and_in_the_error()
    {
        await using Stage stage = await ActionStage.OpenAsync("""{ "userPrincipalName": "avery@contoso.com", "phones": { "mobile": "+1 2065555555" } }""");

        Answer plan = await stage.RunAsync("sms-sign-in", Avery, "on", "--dry-run", "--format", "json");
        Assert.That(plan.Codes(), Does.Contain("disabledByPolicy"), $"{plan}");

        Answer run = await stage.RunAsync("sms-sign-in", Avery, "on", "--yes", "--format", "json");
        Assert.That(run.Exit, Is.EqualTo(4), $"{run}");
        Assert.That(Lines.Text(run.Operations().Single().GetProperty("error"), "code"), Is.EqualTo("PP308"));
    }

    [Test]
    public async Task A_number_that_another_user_signs_in_with_is_explained_and_not_waited_for()
    {
        await using Stage stage = await ActionStage.OpenAsync("""
            { "userPrincipalName": "avery@contoso.com", "phones": { "mobile": "+1 2065555555" }, "smsSignInScope": true, "smsSignInState": "notEnabled" },
            { "userPrincipalName": "ben@contoso.com", "phones": { "mobile": "+1 2065555555" }, "smsSignInScope": true, "smsSignInState": "ready" }
            """);

        Answer run = await stage.RunAsync("sms-sign-in", Avery, "on", "--yes", "--format", "json");

        Assert.That(run.Exit, Is.EqualTo(4), $"{run}");
        Assert.That(Lines.Text(run.Operations().Single().GetProperty("error"), "code"), Is.EqualTo("PP304"));
        Assert.That(stage.Sandbox.Journal.Counts["sms.enable"], Is.EqualTo(1));
    }

    [Test]
    public async Task The_default_method_is_set()
    {
        await using Stage stage = await ActionStage.OpenAsync(
            """{ "userPrincipalName": "avery@contoso.com", "phones": { "mobile": "+1 2065555555" }, "default": "sms","""
            + """ "methods": [ { "kind": "microsoftAuthenticator" } ] }""");

        Answer run = await stage.RunAsync("preferred-method", Avery, "push", "--yes");

        Assert.That(run.Exit, Is.Zero, $"{run}");
        Assert.That(Lines.Format(stage.Sandbox.Tenant.User(Avery)), Does.EndWith("default push"));
    }

    [TestCase("Allow", "update phone mobile +12065550101", "delete phone alternateMobile")]
    [TestCase("Avoid", "delete phone alternateMobile", "update phone mobile +12065550101")]
    public async Task A_mobile_is_removed_by_making_the_alternate_the_mobile(string policy, string first, string second)
    {
        await using Stage stage = await ActionStage.OpenAsync(
            """{ "userPrincipalName": "avery@contoso.com", "phones": { "mobile": "+1 2065550100", "alternateMobile": "+1 2065550101" } }""",
            tenantSettings: new JsonObject { ["Policy"] = new JsonObject { ["SameNumberInTwoSlots"] = policy } });

        Answer run = await stage.RunAsync("remove-phone", Avery, "mobile", "--yes", "--format", "json");

        Assert.That(run.Exit, Is.Zero, $"{run}");
        Assert.That(stage.Applied(), Is.EqualTo((string[])[first, second]));
        Assert.That(Lines.Format(stage.Sandbox.Tenant.User(Avery), withDefault: false), Is.EqualTo("mobile +1 2065550101"));
    }
}
