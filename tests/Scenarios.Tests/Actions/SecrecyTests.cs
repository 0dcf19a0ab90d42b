using System.Text;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Actions;

/// <summary>Passwords and passes are shown once and stand nowhere; dry runs write nothing.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SecrecyTests
{
    private const string Avery = "avery@contoso.com";
    private const string User = """
        { "userPrincipalName": "avery@contoso.com", "phones": { "mobile": "+1 2065550100", "alternateMobile": "+1 2065550101" },
          "default": "sms", "smsSignInScope": true, "smsSignInState": "notEnabled",
          "methods": [ { "kind": "microsoftAuthenticator" } ] }
        """;

    private const string Chosen = "Zq9!MARKER-chosen";
    private const string Made = "Zq9!MARKER-made-by-entra";
    private const string Pass = "Zq9!MARKER-pass";

    [TestCase("set-phone", "+1 2065550199:office")]
    [TestCase("remove-phone", "mobile")]
    [TestCase("sms-sign-in", "on")]
    [TestCase("preferred-method", "push")]
    [TestCase("reset-password")]
    [TestCase("issue-tap")]
    [TestCase("require-reregister")]
    [TestCase("require-reregister", "--issue-tap")]
    [TestCase("offboard")]
    public async Task A_dry_run_shows_a_plan_and_writes_nothing(string verb, params string[] more)
    {
        foreach (bool delegated in (bool[])[true, false])
        {
            await using Stage stage = await ActionStage.OpenAsync(User, delegated: delegated);
            string before = Lines.Format(stage.Sandbox.Tenant.User(Avery));

            Answer plan = await stage.RunAsync([verb, Avery, .. more, "--dry-run", "--format", "json"]);
            Answer text = await stage.RunAsync([verb, Avery, .. more, "--dry-run"]);
            Answer runs = await stage.RunAsync("history", Avery, "--format", "json");

            Assert.That((plan.Exit, text.Exit, plan.Text("kind"), plan.Operations().Length > 0), Is.EqualTo((0, 0, "plan", true)), $"{plan}");
            Assert.That(stage.NotReads(), Is.Empty);
            Assert.That(Lines.Format(stage.Sandbox.Tenant.User(Avery)), Is.EqualTo(before));
            Assert.That(text.Output, Does.Not.Contain("provision apply"));
            Assert.That(runs.Output, Does.Not.Contain("\"runId\""), "a dry run is not written down");
        }
    }

    [Test]
    public async Task Without_a_terminal_there_is_no_question_and_nothing_is_written()
    {
        await using Stage stage = await ActionStage.OpenAsync(User);

        Answer run = await stage.RunAsync("offboard", Avery);

        Assert.That((run.Exit, stage.NotReads().Length), Is.EqualTo((1, 0)), $"{run}");
    }

    [TestCase("text")]
    [TestCase("json")]
    [TestCase("markdown")]
    [TestCase("html")]
    public async Task What_was_made_is_reported_once_and_stands_in_no_file_log_or_store(string format)
    {
        await using Stage stage = await ActionStage.OpenAsync(User, delegated: true);
        stage.Shell.Write("new.secret", Chosen);
        Plant(stage, """{ "newPassword": "Zq9!MARKER-made-by-entra" }""");
        string[] common = ["--yes", "--format", format, "--verbose", "--report", "@report.txt",
            "--report", "@report.md", "--report", "@report.html", "--report", "@report.json", "--reveal"];

        Answer made = await stage.RunAsync(["reset-password", Avery, .. common]);
        Answer issued = await stage.RunAsync(["issue-tap", Avery, .. common]);
        Answer chosen = await stage.RunAsync(["reset-password", Avery, "--password-file", "@new.secret", .. common]);

        Assert.That((Count(made.All, Made), Count(issued.All, Pass), Count(chosen.All, Chosen)), Is.EqualTo((1, 1, 0)), $"{made}{issued}{chosen}");
        if (format is "text" or "json") Assert.That((Count(made.Output, Made), Count(issued.Output, Pass)), Is.EqualTo((1, 1)));
        if (format == "json") Assert.That(Lines.Text(made.Operations().Single(), "secret"), Is.EqualTo(Made));

        await HoldsNothingAsync(stage, made, issued, chosen);
    }

    [Test]
    public async Task A_service_that_repeats_a_refused_password_does_not_make_it_known()
    {
        await using Stage stage = await ActionStage.OpenAsync(User);
        stage.Shell.Write("new.secret", Chosen);
        stage.Sandbox.Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "kind": "user.update" }, "then": { "answer": { "status": 400,"""
            + $$""" "code": "Request_BadRequest", "message": "The password {{Chosen}} does not comply with the policy." } } } ] }""");

        Answer run = await stage.RunAsync("reset-password", Avery, "--password-file", "@new.secret", "--yes", "--format", "json");

        Assert.That((run.Exit, Lines.Text(run.Operations().Single().GetProperty("error"), "code")), Is.EqualTo((4, "PP310")), $"{run}");
        await HoldsNothingAsync(stage, run);
    }

    /// <summary>The service answers with our markers in place of what it would make.</summary>
    private static void Plant(Stage stage, string resetBody) => stage.Sandbox.Faults = FaultPlan.Parse($$"""
        { "rules": [
          { "match": { "kind": "password.reset" }, "count": 1, "then": { "commitAnd": { "status": 200, "body": {{resetBody}} } } },
          { "match": { "kind": "temporaryAccessPass.create" }, "then": { "commitAnd": { "status": 201, "body": { "temporaryAccessPass": "{{Pass}}" } } } } ] }
        """);

    private static async Task HoldsNothingAsync(Stage stage, params Answer[] answers)
    {
        List<(string Name, string Text)> seen = [.. answers.Select((a,
            i) => ($"stderr {i}", a.Error.Replace(Made, "", StringComparison.Ordinal).Replace(Pass, "", StringComparison.Ordinal)))];
        foreach (Answer answer in answers.Where(a => a.Output.StartsWith('{')))
        {
            Answer shown = await stage.RunAsync("show", answer.Text("runId"), "--format", "json", "--reveal");
            Assert.That(shown.Exit, Is.Zero, $"{shown}");
            seen.Add(("show", shown.Output));
        }

        seen.Add(("history", (await stage.RunAsync("history", Avery, "--format", "json", "--reveal")).All));
        await stage.RunAsync("audit", "export", "--out", "@trail.ndjson");
        foreach (string file in Directory.EnumerateFiles(stage.Shell.Folder, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".secret", StringComparison.Ordinal)))
        {
            await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(stream, Encoding.Latin1);
            seen.Add((Path.GetFileName(file), await reader.ReadToEndAsync()));
        }

        Assert.That(seen.Select(s => s.Name), Does.Contain("trail.ndjson").And.Contain("store.db"));
        Assert.That(seen.Where(s => s.Text.Contains("MARKER", StringComparison.Ordinal)).Select(s => s.Name), Is.Empty);
    }

    private static int Count(string text, string what) => (text.Length - text.Replace(what, "", StringComparison.Ordinal).Length) / what.Length;
}
