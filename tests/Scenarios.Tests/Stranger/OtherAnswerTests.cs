using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Scenarios.Tests.Actions;
using ProvisioningConnector.Scenarios.Tests.Commands;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Stranger;

/// <summary>Something else answers in Microsoft Graph's place: a gateway, a proxy, a captive portal.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OtherAnswerTests
{
    private const string Avery = "avery@contoso.com";
    private const string Page = "<!DOCTYPE html><html><head><title>Blocked by Example Gateway</title></head><body>no</body></html>";
    private const string Users = """{ "userPrincipalName": "avery@contoso.com", "phones": { "mobile": "+1 2065550100" }, "email": "old@example.org","""
        + """ "methods": [ { "kind": "fido2" }, { "kind": "softwareOath" } ] }""";
    private static readonly JsonObject Open = new() { ["ProtectPrivileged"] = "Off" };

    [TestCase(200, false)]
    [TestCase(201, false)]
    [TestCase(200, true)]
    [TestCase(404, true)]
    [TestCase(403, false)]
    [TestCase(302, false)]
    public async Task A_write_answered_with_a_page_is_done_only_when_reading_shows_it(int status, bool lands)
    {
        await using Stage stage = await ActionStage.OpenAsync(Users, tenantSettings: Open);
        Fault(stage, lands ? "commitAnd" : "answer", status, """ "access": "write" """);
        stage.Shell.Write("people.csv", $"user,mobile,office,email,remove\n{Avery},+1 2065550150,+1 2065550151,new@example.org,softwareOath\n");

        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--new-store", "--format", "json");

        Assert.That(apply.Exit, Is.EqualTo(lands ? 0 : 4), $"{apply}");
        string?[] outcomes = [.. apply.Operations().Select(o => Lines.Text(o, "outcome"))];
        Assert.That(outcomes, lands ? Is.All.EqualTo("done") : Does.Not.Contain("done"));
        if (lands) Assert.That(stage.Sandbox.Journal.AppliedWriteCount, Is.EqualTo(4), "nothing is sent twice");
        else Assert.That(apply.Output,
            Does.Contain("unknown").And.Contain($"HTTP {status}").And.Contain("text/html").And.Contain("Blocked by Example Gateway")
                .And.Not.Contain("permission"));
    }

    [TestCase(200)]
    [TestCase(202)]
    [TestCase(404)]
    [TestCase(401)]
    public async Task A_password_answered_with_a_page_is_unknown_and_not_sent_again(int status)
    {
        foreach (bool delegated in new[] { false, true })
        {
            await using Stage stage = await ActionStage.OpenAsync(Users, delegated: delegated, tenantSettings: (JsonObject)Open.DeepClone());
            Fault(stage, "answer", status, """ "kind": "user.update password.reset" """);

            Answer json = await stage.RunAsync("reset-password", Avery, "--yes", "--format", "json");
            Answer text = await stage.RunAsync("reset-password", Avery, "--yes");

            JsonElement operation = json.Operations().Single();
            Assert.That((json.Exit, Lines.Text(operation, "outcome"), text.Exit), Is.EqualTo((4, "unknown", 4)), $"{json}");
            Assert.That(Lines.Text(operation, "secret"), delegated ? Is.Null : Is.Not.Empty, "what this program made may hold; a page made nothing");
            if (!delegated) Assert.That(text.Output, Does.Contain("which may or may not work"));
            Assert.That(stage.Sandbox.Tenant.User(Avery).PasswordChanges, Is.Zero);
            Assert.That(stage.Sandbox.Journal.Counts[delegated ? "password.reset" : "user.update"], Is.EqualTo(2));
        }
    }

    [Test]
    public async Task A_pass_answered_with_a_page_is_unknown_and_none_is_shown()
    {
        await using Stage stage = await ActionStage.OpenAsync(Users, tenantSettings: Open);
        Fault(stage, "answer", 200, """ "kind": "temporaryAccessPass.create" """);

        Answer pass = await stage.RunAsync("issue-tap", Avery, "--yes", "--format", "json");

        JsonElement operation = pass.Operations().Single();
        Assert.That((pass.Exit, Lines.Text(operation, "outcome"), Lines.Text(operation, "secret")), Is.EqualTo((4, "unknown", (string?)null)), $"{pass}");
    }

    [TestCase(404)]
    [TestCase(410)]
    [TestCase(403)]
    [TestCase(401)]
    [TestCase(407)]
    [TestCase(200)]
    [TestCase(502)]
    public async Task A_user_whom_a_page_was_answered_for_is_not_read_rather_than_not_found(int status)
    {
        await using Stage stage = await ActionStage.OpenAsync(Users, tenantSettings: Open);
        Fault(stage, "answer", status, "");
        stage.Shell.Write("people.csv", $"user,mobile\n{Avery},+1 2065550150\n");

        Answer plan = await stage.RunAsync("plan", "@people.csv", "--format", "json");
        Answer methods = await stage.RunAsync("methods", Avery, "--format", "json");
        Answer export = await stage.RunAsync("export", "--out", "@all.csv", "--reveal", "--format", "json");
        Answer doctor = await stage.RunAsync("doctor");

        JsonElement summary = plan.Document.GetProperty("summary");
        Assert.That((summary.GetProperty("notRead").GetInt64(), summary.GetProperty("notFound").GetInt64()), Is.EqualTo((1L, 0L)), $"{plan}");
        Assert.That((methods.Exit, methods.Text("code"), export.Exit, export.Text("code"), doctor.Exit),
            Is.EqualTo((4, "PP108", 1, "PP108", 1)), $"{methods}{export}{doctor}");
        Assert.That($"{plan}{methods}{export}{doctor}",
            Does.Contain("Blocked by Example Gateway").And.Contain($"HTTP {status}").And.Not.Contain("Grant the app").And.Not.Contain("no such user"));
    }

    [Test]
    public async Task Only_a_method_list_that_is_missing_by_Graphs_word_means_an_unknown_user()
    {
        await using Stage stage = await ActionStage.OpenAsync(Users, tenantSettings: Open);
        Fault(stage, "answer", 404, """ "kind": "methods.list" """);
        stage.Shell.Write("people.csv", $"user,mobile\n{Avery},+1 2065550150\n");
        Answer page = await stage.RunAsync("plan", "@people.csv", "--format", "json");
        stage.Sandbox.Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "kind": "methods.list" }, "then": { "answer": { "status": 404,"""
            + """ "code": "resourceNotFound" } } } ] }""");
        Answer graphs = await stage.RunAsync("plan", "@people.csv", "--format", "json");

        Assert.That(Situation(page), Is.EqualTo("notRead"), $"{page}");
        Assert.That(Situation(graphs), Is.EqualTo("notFound"), $"{graphs}");
    }

    [TestCase(401)]
    [TestCase(403)]
    public async Task Refusals_of_a_gateway_do_not_quarantine_for_the_credential(int status)
    {
        await using Stage stage = await Stage.OpenAsync(Crew.Seed(12), Open);
        Fault(stage, "answer", status, """ "access": "write" """);
        stage.Shell.Write("people.csv", Crew.Source(12));

        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--new-store", "--format", "json");

        Assert.That(apply.Exit, Is.EqualTo(4), $"{apply}");
        Assert.That(apply.All, Does.Not.Contain("authenticationTrouble").And.Not.Contain("tenantQuarantined"));
    }

    [Test]
    public async Task The_executable_says_who_answered()
    {
        using Shell shell = new(TimeProvider.System);
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Seed = SeedReader.Parse($$"""{ "tenantId": "{{ActionStage.TenantId}}", "users": [ {{Users}} ] }""") }, CancellationToken.None);
        shell.Configure(sandbox.Address.GetLeftPart(UriPartial.Authority), ActionStage.TenantId, Open);
        sandbox.Faults = FaultPlan.Parse(Rules("answer", 404, ""));

        Answer methods = await ProvisionProcess.RunAsync(shell.Folder, "methods", Avery, "--config", "settings.json", "--format", "json");

        Assert.That((methods.Exit, methods.Text("code")), Is.EqualTo((4, "PP108")), $"{methods}");
        Assert.That(methods.Text("message"), Does.Contain("HTTP 404, text/html, page title \"Blocked by Example Gateway\""));
    }

    private static string? Situation(Answer plan) => Lines.Text(plan.Document.GetProperty("users")[0], "situation");

    private static void Fault(Stage stage, string how, int status, string match) => stage.Sandbox.Faults = FaultPlan.Parse(Rules(how, status, match));

    private static string Rules(string how, int status, string match) =>
        $$$"""{ "rules": [ { "match": { {{{match}}} }, "then": { "{{{how}}}": { "status": {{{status}}},"""
        + $$$""" "text": {{{JsonSerializer.Serialize(Page)}}} } } } ] }""";
}
