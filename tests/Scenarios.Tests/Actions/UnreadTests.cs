using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Actions;

/// <summary>Unread is not absent: the China cloud, which has no list of all methods, and lists that the service refuses.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class UnreadTests
{
    private const string Avery = "avery@contoso.com";
    private const string Everything = """
        { "userPrincipalName": "avery@contoso.com", "email": "avery@example.org",
          "phones": { "mobile": "+86 13800138000", "office": "+86 2112345678" },
          "methods": [ { "kind": "microsoftAuthenticator" }, { "kind": "fido2" }, { "kind": "softwareOath" }, { "kind": "hardwareOath" },
            { "kind": "windowsHello" }, { "kind": "platformCredential" }, { "kind": "temporaryAccessPass" } ] }
        """;

    // What stays in China: the cloud shows phones, Authenticator and platform credentials only.
    private static readonly string[] Unread = ["email", "external", "fido2", "hardwareOath", "softwareOath", "temporaryAccessPass", "windowsHello"];

    private static Task<Stage> ChinaAsync() => ActionStage.OpenAsync(Everything, """{ "cloud": "china" }""",
        tenantSettings: new JsonObject { ["Cloud"] = "China" });

    private static JsonElement User(Answer answer) => answer.Document.GetProperty("users").EnumerateArray().Single();

    private static string[] Held(Answer answer) =>
        [.. User(answer).GetProperty("held").EnumerateArray().Where(h => Lines.Text(h, "code") == "notOffered" && !h.GetProperty("standing").GetBoolean())
            .Select(h => Lines.Text(h, "part") ?? "?").Order(StringComparer.Ordinal)];

    [Test]
    public async Task In_China_a_removal_of_what_cannot_be_read_is_held_and_the_rest_is_done()
    {
        await using Stage stage = await ChinaAsync();
        stage.Shell.UsesExecutable = true;
        stage.Shell.Write("people.csv", "user,mobile,email,remove\navery@contoso.com,+86 13800138001,none,fido2;softwareOath\n");

        Answer plan = await stage.RunAsync("plan", "@people.csv", "--format", "json");
        Assert.That((plan.Exit, string.Join(' ', Held(plan))), Is.EqualTo((4, "email fido2 softwareOath")), $"{plan}");

        Answer run = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");
        Assert.That((run.Exit, string.Join(' ', Held(run))), Is.EqualTo((4, "email fido2 softwareOath")), $"{run}");
        SandboxUser user = stage.Sandbox.Tenant.User(Avery);
        Assert.That((user.Mobile, user.Email), Is.EqualTo(("+86 13800138001", "avery@example.org")));

        Answer again = await stage.RunAsync("apply", "@people.csv", "--yes");
        Assert.That(again.Exit, Is.EqualTo(4), $"{again}");
        Assert.That(again.All, Does.Not.Contain("Nothing to do").And.Not.Contain("No changes:").And.Contain("cannot be read"));
    }

    [Test]
    public async Task In_China_offboard_names_what_it_could_not_see()
    {
        await using Stage stage = await ChinaAsync();
        stage.Shell.UsesExecutable = true;

        Answer run = await stage.RunAsync("offboard", Avery, "--yes", "--format", "json");

        Assert.That(run.Exit, Is.EqualTo(4), $"{run}");
        Assert.That(Held(run), Is.SupersetOf(Unread));
        Assert.That(Lines.Format(stage.Sandbox.Tenant.User(Avery), withDefault: false),
            Is.EqualTo("email avery@example.org; fido2 1; softwareOath 1; windowsHello 1; temporaryAccessPass 1; hardwareOath 1"));
        Assert.That(User(run).GetProperty("unread").EnumerateArray().Select(u => u.GetString()), Is.SupersetOf(Unread));

        Answer nothing = await stage.RunAsync("offboard", Avery, "--yes");
        Assert.That(nothing.Exit, Is.EqualTo(4), $"what cannot be read is not taken for gone: {nothing}");
    }

    [Test]
    public async Task In_China_no_count_of_methods_is_said_without_its_limits()
    {
        await using Stage stage = await ChinaAsync();

        Answer methods = await stage.RunAsync("methods", Avery);
        Assert.That(methods.Output, Does.Contain("4 usable methods, of what can be read").And.Contain("the user may have them: email, fido2"));

        Answer run = await stage.RunAsync("offboard", Avery, "--yes", "--verbose");
        Assert.That(run.Output, Does.Contain("left without any usable method").And.Contain("what can be read"), $"{run}");
    }

    [TestCase("forbidden")]
    [TestCase("notFound")]
    public async Task A_list_that_the_service_refuses_holds_that_kind_and_nothing_else(string access)
    {
        await using Stage stage = await ActionStage.OpenAsync(Everything, $$"""{ "permissions": { "hardwareOath": "{{access}}" } }""");
        stage.Shell.Write("people.csv", "user,office,remove\navery@contoso.com,none,hardwareOath;fido2\n");

        Answer run = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");

        Assert.That((run.Exit, string.Join(' ', Held(run))), Is.EqualTo((4, "hardwareOath")), $"{run}");
        Assert.That(run.Operations().Select(o => Lines.Text(o, "outcome")), Is.EqualTo(new[] { "done", "done" }));
    }
}
