using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Memory;

/// <summary>What the store remembers of earlier runs: sources, limits over time, undo, recovery, quarantine.</summary>
public sealed class MemoryOfRunsTests
{
    private const int People = 40;

    [Test]
    public async Task A_run_is_undone_by_a_plan_of_its_own()
    {
        await using Stage stage = await Stage.OpenAsync(Seed(n => n < 3 ? $"+1 206555{n:0000}" : null));
        string source = stage.Shell.Write("people.csv", "user,mobile\nu0@contoso.com,+1 4255550100\nu1@contoso.com,none\nu4@contoso.com,+1 4255550104\n");
        string[] before = State(stage);
        Answer applied = await stage.RunAsync("apply", source, "--yes", "--format", "json", "--allow", "deletes=1");
        Assert.That(applied.Exit, Is.Zero, $"{applied}");
        string run = applied.Text("runId");
        Assert.That(State(stage), Is.Not.EqualTo(before));

        Answer recovery = await stage.RunAsync("recovery", run, "--format", "json");
        Assert.That(recovery.Document.GetProperty("users").EnumerateArray().Select(u => u.GetProperty("user").GetString()),
            Is.EqualTo(new[] { "u1@contoso.com" }), $"{recovery}");
        Assert.That(recovery.All, Does.Not.Contain("2065550001"));
        Assert.That((await stage.RunAsync("recovery", run, "--format", "markdown")).Output, Does.Contain("u1"));

        Answer undo = await stage.RunAsync("undo", run, "--source", source, "--out", "@undo.json", "--format", "json");
        Assert.That(undo.Exit, Is.Zero, $"{undo}");
        Answer undone = await stage.RunAsync("apply", "@undo.json", "--yes", "--format", "json");
        Assert.That(undone.Exit, Is.Zero, $"{undone}");
        Assert.That(State(stage), Is.EqualTo(before));
        Assert.That((await stage.RunAsync("undo", run, "--format", "json")).Document.GetProperty("summary").GetProperty("changed").GetInt64(),
            Is.Zero, "undone twice is undone once");
    }

    [Test]
    public async Task What_changed_since_and_what_is_too_old_is_listed_and_stays()
    {
        await using Stage stage = await Stage.OpenAsync(Seed(_ => null));
        string source = stage.Shell.Write("people.csv", "user,mobile\nu0@contoso.com,+1 4255550100\nu1@contoso.com,+1 4255550101\n");
        string run = (await stage.RunAsync("apply", source, "--yes", "--format", "json")).Text("runId");
        stage.Shell.Write("people.csv", "user,mobile\nu0@contoso.com,+1 4255550100\nu1@contoso.com,+1 4255550199\n");
        Answer changed = await stage.RunAsync("undo", run, "--source", source, "--format", "json");
        Assert.That(Held(changed), Is.EqualTo(new[] { "u1@contoso.com sourceChanged" }), $"{changed}");
        Assert.That(changed.Exit, Is.EqualTo(4));
        stage.Time.Jump(TimeSpan.FromDays(4));
        Answer old = await stage.RunAsync("undo", run, "--format", "json");
        Assert.That(Held(old), Is.EqualTo(new[] { "u0@contoso.com tooOld", "u1@contoso.com tooOld" }), $"{old}");
    }

    [Test]
    public async Task A_source_that_shrank_or_is_older_than_the_last_accepted_one_is_refused_in_plan_and_apply()
    {
        await using Stage stage = await Stage.OpenAsync(Seed(_ => null));
        string source = stage.Shell.Write("people.csv", Csv(People));
        Assert.That((await stage.RunAsync("apply", source, "--yes")).Exit, Is.Zero);
        stage.Shell.Write("people.csv", Csv(30));
        Answer plan = await stage.RunAsync("plan", source, "--format", "json");
        Assert.That((plan.Exit, Blocked(plan)), Is.EqualTo((3, "SourceShrink")), $"{plan}");
        Assert.That((await stage.RunAsync("apply", source, "--yes")).Exit, Is.EqualTo(3));
        Assert.That((await stage.RunAsync("apply", source, "--yes", "--delta")).Exit, Is.Zero);
        Assert.That((await stage.RunAsync("apply", source, "--yes", "--allow", "sourceShrink=25")).Exit, Is.Zero);
        Assert.That((await stage.RunAsync("plan", source)).Exit, Is.Zero, "accepted now");

        stage.Shell.Write("people.csv", Csv(31));
        File.SetLastWriteTimeUtc(source, DateTime.UtcNow.AddDays(-30));
        Answer older = await stage.RunAsync("plan", source, "--format", "json");
        Assert.That((older.Exit, Blocked(older)), Is.EqualTo((3, "SourceOlder")), $"{older}");
        Assert.That((await stage.RunAsync("plan", source, "--allow", "sourceOlder")).Exit, Is.Zero);
    }

    [Test]
    public async Task A_little_every_night_is_noticed_also_of_saved_plans()
    {
        await using Stage stage = await Stage.OpenAsync(Seed(n => $"+1 206555{n:0000}"),
            new JsonObject
            {
                ["Guardrails"] = new JsonObject { ["MaxDeletes"] = "2", ["SourceOlder"] = "Off" },
                ["Policy"] = new JsonObject { ["LastMethod"] = "Allow" }
            });
        string first = stage.Shell.Write("first.csv", "user,mobile\nu0@contoso.com,none\nu1@contoso.com,none\n");
        string second = stage.Shell.Write("second.csv", "user,mobile\nu2@contoso.com,none\n");
        Assert.That((await stage.RunAsync("plan", second, "--out", "@second.json")).Exit, Is.Zero);
        Assert.That((await stage.RunAsync("apply", first, "--yes")).Exit, Is.Zero);
        Answer blocked = await stage.RunAsync("plan", second, "--format", "json");
        Assert.That((blocked.Exit, Blocked(blocked)), Is.EqualTo((3, "MaxDeletes")), $"{blocked}");
        Assert.That((await stage.RunAsync("apply", "@second.json", "--yes")).Exit, Is.EqualTo(3));
        Assert.That((await stage.RunAsync("plan", second, "--allow", "deletes=1")).Exit, Is.Zero);
        stage.Time.Jump(TimeSpan.FromHours(25));
        Assert.That((await stage.RunAsync("plan", second)).Exit, Is.Zero);
    }

    [Test]
    public async Task A_tenant_that_refuses_everybody_is_quarantined_until_it_works_again()
    {
        await using Stage stage = await Stage.OpenAsync(Seed(_ => null));
        string source = stage.Shell.Write("people.csv", Csv(People));
        stage.Sandbox.Faults = FaultPlan.Parse(
            """{"rules":[{"match":{"kind":"phone.create"},"count":1000,"then":{"answer":{"status":403,"code":"accessDenied","message":"No."}}}]}""");
        Answer stopped = await stage.RunAsync("apply", source, "--yes", "--format", "json");
        Assert.That(stopped.Exit, Is.EqualTo(7), $"{stopped}");
        Assert.That(stopped.Text("outcome"), Is.EqualTo("failed"));
        Answer plan = await stage.RunAsync("plan", source, "--format", "json");
        Assert.That(plan.Exit, Is.Zero, "plans stay possible");
        Assert.That(plan.Output, Does.Contain("tenantQuarantined"));
        Assert.That((await stage.RunAsync("apply", source, "--yes")).Exit, Is.EqualTo(7));
        stage.Sandbox.Faults = FaultPlan.None;
        Assert.That((await stage.RunAsync("apply", source, "--yes")).Exit, Is.Zero);
        Assert.That((await stage.RunAsync("plan", source, "--format", "json")).Output, Does.Not.Contain("tenantQuarantined"));
    }

    private static string Seed(Func<int, string?> mobile) => JsonSerializer.Serialize(new
    {
        users = Enumerable.Range(0, People).Select(n => mobile(n) is { } number
            ? (object)new { userPrincipalName = $"u{n}@contoso.com", phones = new { mobile = number, office = $"+1 206777{n:0000}" } }
            : new { userPrincipalName = $"u{n}@contoso.com", phones = new { office = $"+1 206777{n:0000}" } }),
    });

    private static string Csv(int people) => "user,mobile\n" + string.Concat(Enumerable.Range(0, people).Select(n => $"u{n}@contoso.com,+1 425555{n:0000}\n"));

    /// <summary>Without the default method: the service moves it by itself.</summary>
    private static string[] State(Stage stage) =>
        [.. Enumerable.Range(0, People).Select(n => Lines.Format(stage.Sandbox.Tenant.User($"u{n}@contoso.com")).Split("; default")[0])];

    private static string[] Held(Answer plan) =>
        [.. plan.Document.GetProperty("users").EnumerateArray()
        .SelectMany(u => u.GetProperty("held").EnumerateArray().Select(h => $"{u.GetProperty("user").GetString()} {h.GetProperty("code").GetString()}"))];

    private static string Blocked(Answer plan) =>
        string.Join(",", plan.Document.GetProperty("guardrails").EnumerateArray().Where(g => g.GetProperty("verdict").GetString() == "blocked")
        .Select(g => g.GetProperty("name").GetString()));
}
