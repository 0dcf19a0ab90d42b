using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Actions;

/// <summary>The QR code with PIN: shown apart, never counted, removed where it is named; and every kind that stays is named.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class QrCodeTests
{
    private const string Avery = "avery@contoso.com";

    private static string User(string methods) => $$"""
        { "userPrincipalName": "avery@contoso.com", "email": "avery@example.org", "phones": { "mobile": "+1 2065550100" }, "methods": [ {{methods}} ] }
        """;

    private static bool HasCode(Stage stage) => stage.Sandbox.Tenant.User(Avery).Credentials.Others.Any(m => m.Kind == StoredMethodKind.QrCodePin);

    private static string Message(Answer answer, string code) => Lines.Text(answer.Document.GetProperty("users").EnumerateArray().Single()
        .GetProperty("diagnostics").EnumerateArray().Single(d => Lines.Text(d, "code") == code), "message") ?? "";

    [Test]
    public async Task It_is_shown_apart_and_never_counted_as_usable()
    {
        await using Stage stage = await ActionStage.OpenAsync(User("""{ "kind": "qrCodePin" }"""));
        Answer methods = await stage.RunAsync("methods", Avery, "--format", "json");
        Assert.That(methods.Document.GetProperty("methods").EnumerateArray().Select(m => Lines.Text(m, "method")), Does.Contain("qrCodePin"), $"{methods}");
        Assert.That((methods.Document.GetProperty("usable").GetInt32(), methods.Document.GetProperty("unread").GetArrayLength()), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_row_removes_it_and_the_second_plan_is_empty()
    {
        await using Stage stage = await ActionStage.OpenAsync(User("""{ "kind": "qrCodePin" }"""));
        stage.Shell.UsesExecutable = true;
        stage.Shell.Write("people.csv", "user,remove\navery@contoso.com,qrCodePin\n");

        Answer run = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");
        Assert.That((run.Exit, HasCode(stage)), Is.EqualTo((0, false)), $"{run}");
        Assert.That(run.Operations().Select(o => $"{Lines.Text(o, "method")} {Lines.Text(o, "outcome")}"), Is.EqualTo(new[] { "qrCodePin done" }));
        Assert.That(stage.Sandbox.Journal.AppliedWrites.Single().Path, Does.StartWith("/beta/").And.EndWith("/authentication/qrCodePinMethod"));

        Answer again = await stage.RunAsync("plan", "@people.csv", "--detailed-exitcode");
        Assert.That(again.Exit, Is.Zero, $"{again}");
    }

    [TestCase("forbidden")]
    [TestCase("notFound")]
    public async Task Where_it_cannot_be_read_its_removal_is_held(string access)
    {
        await using Stage stage = await ActionStage.OpenAsync(User("""{ "kind": "qrCodePin" }"""), $$"""{ "permissions": { "qrCodePin": "{{access}}" } }""");
        stage.Shell.Write("people.csv", "user,remove\navery@contoso.com,qrCodePin\n");
        Answer plan = await stage.RunAsync("plan", "@people.csv");
        Assert.That(plan.Exit, Is.EqualTo(4), $"{plan}");
        Assert.That(plan.Output, Does.Contain("qrCodePin cannot be read"));
    }

    [Test]
    public async Task Who_leaves_keeps_no_code_and_every_kind_that_stays_is_named()
    {
        await using Stage stage = await ActionStage.OpenAsync(User("""{ "kind": "qrCodePin" }, { "kind": "future" }"""));
        Answer run = await stage.RunAsync("offboard", Avery, "--yes", "--format", "json");
        Assert.That(run.Exit, Is.Zero, $"{run}");
        Assert.That(Lines.Format(stage.Sandbox.Tenant.User(Avery)), Is.EqualTo("future 1"));
        Assert.That(Message(run, "methodsStay"), Does.Contain("holographicAuthenticationMethod"));
    }

    [Test]
    public async Task The_methods_that_stay_are_named_when_a_user_registers_anew()
    {
        await using Stage stage = await ActionStage.OpenAsync(User("""{ "kind": "qrCodePin" }, { "kind": "fido2" }, { "kind": "windowsHello" }"""));
        Answer run = await stage.RunAsync("require-reregister", Avery, "--yes", "--format", "json");
        Assert.That((run.Exit, HasCode(stage)), Is.EqualTo((0, true)), $"{run}");
        foreach (string kind in (string[])["email", "fido2", "windowsHello", "qrCodePin"]) Assert.That(Message(run, "methodsStay"), Does.Contain(kind));
    }
}
