using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.BadInput;

/// <summary>A user whom <c>Protected</c> names is never changed, however the entry is written; an entry that matches no user stops every change.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ProtectedTests
{
    private const string Glass = "breakglass@contoso.com";
    private const string Id = "11111111-1111-4111-8111-111111111111";
    private const string Seed = $$"""
        { "users": [
          { "id": "{{Id}}", "userPrincipalName": "{{Glass}}", "mail": "glass@contoso.com", "employeeId": "1001", "phones": { "mobile": "+1 2065550100" } },
          { "userPrincipalName": "ada@contoso.com", "phones": { "mobile": "+1 2065550101" } } ] }
        """;

    private const string SeedWithGroups = $$"""
        { "users": [ { "id": "{{Id}}", "userPrincipalName": "{{Glass}}", "phones": { "mobile": "+1 2065550100" } } ],
          "groups": [
            { "displayName": "Board", "id": "22222222-1111-4111-8111-111111111111", "members": [ "Chairs" ] },
            { "displayName": "Chairs", "id": "33333333-1111-4111-8111-111111111111", "members": [ "{{Glass}}" ] } ] }
        """;

    private const string FailedLookUps = """{ "rules": [ { "match": { "method": "GET", "path": "*filter=employeeId*" }, "count": 1000,"""
        + """ "then": { "answer": { "status": 500, "code": "generalException" } } } ] }""";

    private static readonly string[] Entries =
    [
        Glass, "BREAKGLASS@contoso.com", $" {Glass}", $"{Glass} ", $"{Glass}\t", $"{Glass}\u00a0",
        $"\ufeff{Glass}", $"{Glass}\u200b", $"{Glass}\u00ad", $"\u3164{Glass}\u2060",
        Id, $"{Id} ", $"\u200e{Id}\u200f", Id.ToUpperInvariant(), "employeeId:1001", "employeeId: 1001\u200b",
        "EMPLOYEEID:1001", "mail:glass@contoso.com", " mail: glass@contoso.com\u00a0",
    ];

    private static readonly string[] Sources = [Glass, Id, "employeeId:1001", "mail:glass@contoso.com"];

    [Test]
    public async Task An_entry_protects_whom_it_names_however_entry_and_source_write_it([ValueSource(nameof(Entries))] string entry, [Values] bool list)
    {
        await using Stage stage = await StageAsync(Protected(entry, list));
        foreach (string source in Sources)
        {
            stage.Shell.Write("people.csv", $"user,mobile\n{source},+1 2065550150\n");

            Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");

            Assert.That(apply.Exit, Is.Zero, $"{source}: {apply}");
            Assert.That(apply.Output, Does.Contain("\"protected\""), source);
        }

        Assert.That((await stage.RunAsync("doctor")).Output, Does.Contain("every user whom Protected names (1)"));
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [TestCase("breakglass\u200b@contoso.com", "U+200B")]
    [TestCase("break\u00adglass@contoso.com", "U+00AD")]
    [TestCase("break\u00a0glass@contoso.com", "U+00A0")]
    [TestCase("break\tglass@contoso.com", "U+0009")]
    [TestCase("mail:glass\u3164@contoso.com", "U+3164")]
    [TestCase("{11111111-1111-4111-8111-111111111111}", Id)]
    [TestCase("(11111111-1111-4111-8111-111111111111)", Id)]
    [TestCase("11111111111141118111111111111111", Id)]
    [TestCase(" {11111111-1111-4111-8111-111111111111}\u200b", Id)]
    [TestCase("\u200b", "Tenants:contoso:Protected:")]
    [TestCase("mail:\u200b", "not a user name")]
    [TestCase("employeeId:\u200b1001", "U+200B")]
    [TestCase("*@contoso.com", "not a user name")]
    [TestCase("group: \u200b", "names no group")]
    [TestCase("group:the board", "names no group")]
    public async Task An_entry_that_may_not_mean_what_it_shows_is_refused_when_the_configuration_is_read(string entry, string reported)
    {
        foreach (bool list in (bool[])[true, false])
        {
            await using Stage stage = await StageAsync(Protected(entry, list));

            foreach (string[] command in (string[][])[["apply", "@people.csv", "--yes"], ["plan", "@people.csv"], ["doctor"]])
            {
                Answer answer = await stage.RunAsync([.. command, "--format", "json"]);

                Assert.That((answer.Exit, answer.Text("code")), Is.EqualTo((1, "configuration")), $"{answer}");
                Assert.That(answer.Text("message"), Does.Contain(reported).And.Contain("Tenants:contoso:Protected").And.Contain("settings.json"));
            }

            Assert.That(stage.Sandbox.Journal.Total, Is.Zero);
        }
    }

    [TestCase("breakglas@contoso.com")]
    [TestCase("99999999-1111-4111-8111-111111111111")]
    [TestCase("employeeId:1002")]
    [TestCase("mail:nobody@contoso.com")]
    [TestCase("group:99999999-1111-4111-8111-111111111111")]
    public async Task An_entry_that_matches_no_user_stops_every_change_and_a_plan_warns(string entry)
    {
        await using Stage stage = await StageAsync(Protected(entry, list: true));

        Answer plan = await stage.RunAsync("plan", "@people.csv", "--out", "@plan.json", "--format", "json");
        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");
        Answer saved = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");
        Answer one = await stage.RunAsync("issue-tap", "ada@contoso.com", "--yes", "--format", "json");
        Answer doctor = await stage.RunAsync("doctor");

        Assert.That((plan.Exit, apply.Exit, saved.Exit, one.Exit, doctor.Exit), Is.EqualTo((0, 3, 3, 3, 1)), $"{plan}{apply}{saved}{one}{doctor}");
        foreach (Answer answer in (Answer[])[plan, apply, saved, one]) Assert.That(answer.Output,
            Does.Contain("\"protectedNobody\"").And.Contain(entry), $"{answer}");
        Assert.That(doctor.Output, Does.Match($"error +protected .*'{entry}'"));
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task An_entry_that_could_not_be_looked_up_is_not_checked_and_nothing_is_changed()
    {
        await using Stage stage = await StageAsync(Protected("employeeId:1001", list: true));
        stage.Sandbox.Faults = FaultPlan.Parse(FailedLookUps);

        Answer plan = await stage.RunAsync("plan", "@people.csv", "--out", "@plan.json", "--format", "json");
        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");
        Answer saved = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");
        Answer one = await stage.RunAsync("issue-tap", "ada@contoso.com", "--yes", "--format", "json");
        Answer doctor = await stage.RunAsync("doctor");

        Assert.That((plan.Exit, apply.Exit, saved.Exit, one.Exit), Is.EqualTo((0, 3, 3, 3)), $"{plan}{apply}{saved}{one}");
        foreach (Answer answer in (Answer[])[plan, apply, saved, one]) Assert.That(answer.Output, Does.Contain("\"protectedNotChecked\""), $"{answer}");
        Assert.That(doctor.Output, Does.Match("warning +protected +Not checked").And.Not.Match("ok +protected"));
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task A_group_protects_its_members_through_any_depth_at_every_run([Values] bool list)
    {
        await using Stage stage = await StageAsync(Protected(" Group: 22222222-1111-4111-8111-111111111111 ", list), SeedWithGroups);

        Answer apply = await stage.RunAsync("apply", "@people.csv", "--yes", "--format", "json");
        Answer one = await stage.RunAsync("issue-tap", Glass, "--yes", "--format", "json");
        Answer doctor = await stage.RunAsync("doctor");

        Assert.That((apply.Exit, one.Exit), Is.EqualTo((0, 3)), $"{apply}{one}");
        foreach (Answer answer in (Answer[])[apply, one]) Assert.That(answer.Output, Does.Contain("\"protected\""), $"{answer}");
        Assert.That(doctor.Output, Does.Contain("every user whom Protected names (1)"));
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task Who_is_protected_after_a_plan_was_saved_is_not_changed_by_it()
    {
        await using Stage stage = await StageAsync([]);
        await stage.RunAsync("plan", "@people.csv", "--out", "@plan.json");
        Configure(stage, Protected(Id, list: true));

        Answer apply = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");

        Assert.That(apply.Exit, Is.EqualTo(3), $"{apply}");
        Assert.That(apply.Output, Does.Contain("\"protected\"").And.Contain(Glass));
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task Who_was_allowed_when_a_plan_was_saved_may_be_changed_by_it()
    {
        await using Stage stage = await StageAsync(Protected(Id, list: true));
        await stage.RunAsync("plan", "@people.csv", "--out", "@plan.json", "--allow", $"protected={Glass}\u200b", "--reason", "asked by the board");

        Answer apply = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");

        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That(stage.Sandbox.Tenant.User(Glass).Mobile, Is.EqualTo("+1 2065550150"));
    }

    [TestCase(Id, "protected")]
    [TestCase("nobody@contoso.com", "protectedNobody")]
    public async Task A_run_is_not_resumed_over_a_user_who_is_protected_by_now(string entry, string code)
    {
        await using Stage stage = await StageAsync([]);
        stage.Shell.Write("people.csv", $"user,mobile\nada@contoso.com,+1 2065550151\n{Glass},+1 2065550150\n");
        Answer begun = await stage.RunAsync("apply", "@people.csv", "--yes", "--limit", "1", "--format", "json");
        int before = stage.NotReads().Length;
        Configure(stage, Protected(entry, list: true));

        Answer resumed = await stage.RunAsync("resume", begun.Text("runId"), "--yes", "--format", "json");

        Assert.That((begun.Exit, resumed.Exit, resumed.Text("code")), Is.EqualTo((130, 3, code)), $"{begun}{resumed}");
        Assert.That((stage.NotReads().Length, stage.Sandbox.Tenant.User(Glass).Mobile), Is.EqualTo((before, "+1 2065550100")));
    }

    private static JsonObject Protected(string entry, bool list) => new()
    {
        ["Protected"] = list ? new JsonArray(entry) : new JsonObject { [entry] = "break-glass account" },
    };

    private static async Task<Stage> StageAsync(JsonObject settings, string seed = Seed)
    {
        Stage stage = await Stage.OpenAsync(seed);
        Configure(stage, settings);
        stage.Shell.Write("people.csv", $"user,mobile\n{Glass},+1 2065550150\n");
        return stage;
    }

    private static void Configure(Stage stage, JsonObject settings)
    {
        JsonObject all = new() { ["Guardrails"] = new JsonObject { ["SourceShrink"] = "none" } };
        foreach ((string key, JsonNode? value) in settings) all[key] = value?.DeepClone();
        stage.Shell.Configure(stage.Sandbox.Address.GetLeftPart(UriPartial.Authority), stage.Sandbox.Tenant.TenantId.ToString(), all);
    }
}
