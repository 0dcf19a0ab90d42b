using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Scenarios.Tests.Commands;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Actions;

/// <summary>New passwords: by a person's token and by an app's, given and made, followed however the operation goes.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PasswordTests
{
    private const string Avery = "avery@contoso.com";
    private const string User = """{ "userPrincipalName": "avery@contoso.com" }""";

    [TestCase("""{ "runningPolls": 0 }""", 0, "done")]
    [TestCase("""{ "runningPolls": 6, "retryAfter": 7 }""", 0, "done")]
    [TestCase("""{ "runningPolls": 2, "retryAfter": null }""", 0, "done")]
    [TestCase("""{ "outcome": "redirected" }""", 0, "done")]
    [TestCase("""{ "finalStatus": 400 }""", 0, "done")]
    [TestCase("""{ "finalStatus": 503 }""", 0, "done")]
    [TestCase("""{ "outcome": "failed", "statusDetail": "OnPremisesPolicyViolation" }""", 4, "failed")]
    [TestCase("""{ "outcome": "failed", "finalStatus": 404 }""", 4, "failed")]
    [TestCase("""{ "outcome": "vanished" }""", 4, "unknown")]
    [TestCase("""{ "outcome": "endless" }""", 4, "unknown")]
    public async Task A_reset_is_followed_to_its_end(string resetSettings, int exit, string outcome)
    {
        await using Stage stage = await ActionStage.OpenAsync(User, $$"""{ "passwordReset": {{resetSettings}} }""", delegated: true);

        Answer reset = await stage.RunAsync("reset-password", Avery, "--yes", "--format", "json");

        JsonElement operation = reset.Operations().Single();
        Assert.That((reset.Exit, Lines.Text(operation, "outcome")), Is.EqualTo((exit, outcome)), $"{reset}");
        Assert.That(Lines.Text(operation, "secret"), outcome == "failed" ? Is.Null : Is.Not.Empty,
            "a password that may hold is reported, one that does not is not");
        Assert.That(Lines.Text(operation, "after"), Is.EqualTo("resetPassword"));
        Assert.That(stage.Sandbox.Journal.Counts["password.reset"], Is.EqualTo(1), "it is never sent twice");
        if (outcome == "failed" && resetSettings.Contains("Violation",
            StringComparison.Ordinal)) Assert.That(Lines.Text(operation.GetProperty("error"), "message"), Does.Contain("OnPremisesPolicyViolation"));
        if (outcome == "unknown") Assert.That(Lines.Text(operation.GetProperty("error"), "message"),
            Does.Match(@"Ask GET /\S+/authentication/operations/[0-9a-f-]{36}\?\S+, or look").And.Contain("request id"));
        if (outcome != "done")
            Assert.That(Lines.Text(operation.GetProperty("error"), "code"), Is.EqualTo(outcome == "failed" ? "PP314" : "noTrustworthyAnswer"));
    }

    [TestCase("""{ "answer": { "status": 503, "headers": { "Retry-After": "3" } } }""")]
    [TestCase("""{ "drop": "before" }""")]
    [TestCase("""{ "answer": { "status": 429, "headers": { "Retry-After": "2" } } }""")]
    [TestCase("""{ "answer": { "status": 404 } }""")]
    public async Task A_look_that_fails_is_taken_again(string fault)
    {
        await using Stage stage = await ActionStage.OpenAsync(User, delegated: true);
        stage.Sandbox.Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "kind": "operation.read" }, "count": 2, "every": 1, "nth": 1,"""
            + $$""" "then": {{fault}} } ] }""");

        Answer reset = await stage.RunAsync("reset-password", Avery, "--yes", "--format", "json");

        Assert.That(reset.Exit, Is.Zero, $"{reset}");
    }

    [TestCase("graph", 0)]
    [TestCase("foreign", 4)]
    public async Task Links_of_the_clouds_own_root_are_followed_to_the_endpoint_and_no_others(string links, int exit)
    {
        await using Stage stage = await ActionStage.OpenAsync(User, $$"""{ "links": "{{links}}" }""", delegated: true);

        Answer reset = await stage.RunAsync("reset-password", Avery, "--yes", "--format", "json");

        Assert.That(reset.Exit, Is.EqualTo(exit), $"{reset}");
        Assert.That(stage.Sandbox.Tenant.User(Avery).PasswordChanges, Is.EqualTo(1));
    }

    [TestCase("https://evil.example/v1.0/operations/1")]
    [TestCase("//evil.example/operations/1")]
    public async Task A_place_on_another_host_is_not_asked(string location)
    {
        await using Stage stage = await ActionStage.OpenAsync(User, delegated: true);
        stage.Sandbox.Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "kind": "password.reset" }, "then": { "commitAnd": { "status": 202,"""
            + $$""" "empty": true, "headers": { "Location": "{{location}}" } } } } ] }""");

        Answer reset = await stage.RunAsync("reset-password", Avery, "--yes", "--format", "json");

        Assert.That((reset.Exit, Lines.Text(reset.Operations().Single().GetProperty("error"), "message")?.Contains("another host", StringComparison.Ordinal)),
            Is.EqualTo((4, true)), $"{reset}");
        Assert.That(stage.Sandbox.Journal.Counts.GetValueOrDefault("operation.read"), Is.Zero);
    }

    [Test]
    public async Task An_app_sets_a_password_that_this_program_makes_as_the_settings_say()
    {
        await using Stage stage = await ActionStage.OpenAsync(User,
            tenantSettings: new JsonObject { ["Passwords"] = new JsonObject { ["Length"] = 32, ["ForceChangeNextSignIn"] = "Off" } });

        Answer plan = await stage.RunAsync("reset-password", Avery, "--dry-run", "--format", "json");
        Answer reset = await stage.RunAsync("reset-password", Avery, "--yes", "--format", "json");

        Assert.That((Lines.Text(plan.Operations().Single(), "after"), plan.Codes().Single()), Is.EqualTo(("passwordProfile", "passwordRoute")), $"{plan}");
        Assert.That(reset.Exit, Is.Zero, $"{reset}");
        string made = Lines.Text(reset.Operations().Single(), "secret") ?? string.Empty;
        using JsonDocument body = JsonDocument.Parse(stage.Sandbox.Journal.AppliedWrites.Single().Body ?? "");
        JsonElement profile = body.RootElement.GetProperty("passwordProfile");
        Assert.That((made.Length, Lines.Text(profile, "password"), profile.GetProperty("forceChangePasswordNextSignIn").GetBoolean()),
            Is.EqualTo((32, made, false)));
        Assert.That(made, Does.Match("[a-z]").And.Match("[A-Z]").And.Match("[0-9]").And.Match("[^A-Za-z0-9]"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_given_password_comes_from_a_file_and_is_not_reported(bool delegated)
    {
        await using Stage stage = await ActionStage.OpenAsync("""{ "userPrincipalName": "avery@contoso.com", "onPremisesSyncEnabled": true }""",
            delegated: delegated);
        stage.Shell.Write("new.txt", "Xk7!chosen-word\n");

        Answer reset = await stage.RunAsync("reset-password", Avery, "--password-file", "@new.txt", "--yes", "--format", "json");

        Assert.That(reset.Exit, Is.Zero, $"{reset}");
        Assert.That(reset.All, Does.Not.Contain("Xk7!chosen-word"));
        Assert.That(stage.Sandbox.Journal.AppliedWrites.Single().Body, Does.Contain("Xk7!chosen-word"));
    }

    [Test]
    public async Task A_password_that_is_asked_for_has_to_be_typed_twice_alike()
    {
        await using Stage stage = await ActionStage.OpenAsync(User);
        stage.Shell.Typed = "Xk7!chosen-word";

        Answer reset = await stage.RunAsync("reset-password", Avery, "--ask-password", "--yes");

        Assert.That(reset.Exit, Is.Zero, $"{reset}");
        Assert.That(stage.Sandbox.Tenant.User(Avery).PasswordChanges, Is.EqualTo(1));
    }

    [Test]
    public async Task A_hybrid_user_without_a_given_password_gets_advice()
    {
        await using Stage stage = await ActionStage.OpenAsync("""{ "userPrincipalName": "avery@contoso.com", "onPremisesSyncEnabled": true }""",
            delegated: true);

        Answer reset = await stage.RunAsync("reset-password", Avery, "--yes", "--format", "json");

        Assert.That((reset.Exit, Lines.Text(reset.Operations().Single().GetProperty("error"), "code")), Is.EqualTo((4, "PP312")), $"{reset}");
    }

    [Test]
    public async Task A_reset_without_an_answer_is_unknown_and_not_sent_again()
    {
        await using Stage stage = await ActionStage.OpenAsync(User);
        stage.Sandbox.Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "kind": "user.update" }, "then": { "drop": "after" } } ] }""");

        Answer reset = await stage.RunAsync("reset-password", Avery, "--yes", "--format", "json");

        JsonElement operation = reset.Operations().Single();
        Assert.That((reset.Exit, Lines.Text(operation, "outcome"), stage.Sandbox.Journal.Counts["user.update"]), Is.EqualTo((4, "unknown", 1L)), $"{reset}");
        Assert.That(Lines.Text(operation, "secret"), Is.Not.Empty);
    }

    [Test]
    public async Task The_service_sets_a_password_that_a_platform_sends_and_keeps_it_nowhere()
    {
        const string marker = "Zq9!MARKER-sent";
        await using Served served = await Served.StartAsync(0, facade: new JsonObject { ["ReplyWithin"] = "00:01:00" });
        using HttpRequestMessage request = new(HttpMethod.Patch, $"/openidm/system/contoso/user/{Served.User}");
        request.Content = JsonContent.Create(new[] { new { operation = "replace", field = "/__PASSWORD__", value = marker } });

        using HttpResponseMessage answer = await served.Client.SendAsync(request);
        string body = await answer.Content.ReadAsStringAsync();

        Assert.That((answer.StatusCode, served.Sandbox.Journal.AppliedWriteCount), Is.EqualTo((HttpStatusCode.OK, 1L)), body);
        Assert.That(body, Does.Not.Contain(marker));
        Answer runs = await served.Shell.RunAsync("runs", "--singles", "--format", "json");
        Answer run = await served.Shell.RunAsync("show", Lines.Text(runs.Document.GetProperty("runs")[0], "runId") ?? "", "--reveal", "--format", "json");
        Assert.That(run.Operations().Select(o => (Lines.Text(o, "method"), Lines.Text(o, "outcome"))), Is.EqualTo(new[] { ("password", "done") }), $"{run}");
        Assert.That(run.All, Does.Not.Contain(marker));
        foreach (string file in Directory.EnumerateFiles(served.Shell.Folder, "*", SearchOption.AllDirectories))
        {
            await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new(stream, Encoding.Latin1);
            Assert.That(await reader.ReadToEndAsync(), Does.Not.Contain(marker), file);
        }
    }
}
