using ProvisioningConnector.Scenarios.Tests.Actions;
using ProvisioningConnector.Scenarios.Tests.Evidence;
using ProvisioningConnector.Scenarios.Tests.Support;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Scenarios.Tests.Fixtures;

/// <summary>
/// What an earlier version left behind is read and carried on by this one: a store in SQLite, one in PostgreSQL, a plan that was saved and
/// approved.
/// </summary>
[TestFixture("sqlite")]
[TestFixture("postgres")]
public sealed class KeptStoreTests(string kind)
{
    private static readonly string[] Runs =
        ["finished", "unknown", "approved", "undone", "undo", "one", "pass", "drift", "quarantined", "probe", "limited", "killed"];

    private static readonly string[] Users =
        ["first0", "bad0", "unknown0", "limit0", "limit4", "kill2", "approved0", "undone0", "one0", "one1", "drift0", "refused0"];

    private PostgresServer? _server;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if (kind == "postgres") _server = await PostgresServer.TryStartAsync() ?? throw new IgnoreException(PostgresServer.HowToInstall);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    [Test]
    public async Task Everything_a_kept_store_knows_is_shown_as_it_was()
    {
        await using KeptStore kept = await KeptStore.OpenAsync(kind, _server);
        Task SameAsync(string name, params string[] words) => kept.CompareAsync(Path.Combine("documents", $"{name}.json"), newRun: false, exit: 0, words);

        await SameAsync("verify", "audit", "verify");
        Answer export = await kept.RunAsync("planner", "audit", "export", "--out", "@trail.ndjson");
        Assert.That(export.Exit, Is.Zero, $"{export}");
        await kept.CompareLinesAsync(Path.Combine("documents", "trail.ndjson"), "trail.ndjson");
        await SameAsync("runs", "runs");
        await SameAsync("singles", "runs", "--singles");
        await SameAsync("keys", "keys", "list");
        foreach (string run in Runs)
        {
            await SameAsync($"show-{run}", "show", kept.Run(run), "--reveal");
            await SameAsync($"masked-{run}", "show", kept.Run(run));
        }

        foreach (string user in Users) await SameAsync($"history-{user}", "history", $"{user}@contoso.com", "--reveal");
        await SameAsync("recovery", "recovery", kept.Run("approved"));
        await SameAsync("pending", "show", "@pending.json");
        await SameAsync("methods", "methods", "first0@contoso.com", "--reveal");
        await kept.CompareAsync(Path.Combine("documents", "plan.json"), newRun: true, exit: 4, "plan", "@first.csv", "--reveal");
        Assert.That(kept.Sandbox.Journal.AppliedWrites, Is.Empty);
    }

    [Test]
    public async Task The_origin_of_a_kept_run_and_plan_is_known_though_nothing_kept_holds_it()
    {
        await using KeptStore kept = await KeptStore.OpenAsync(kind, _server);
        async Task<string> OriginAsync(string shown) =>
            (await kept.RunAsync("planner", "show", shown, "--format", "json")).Document.GetProperty("origin").GetRawText();

        Assert.That(await OriginAsync(kept.Run("finished")), Is.EqualTo("""{"kind":"source"}"""));
        Assert.That(await OriginAsync(kept.Run("undo")), Is.EqualTo($$"""{"kind":"undo","runId":"{{kept.Run("undone")}}"}"""));
        Assert.That(await OriginAsync(kept.Run("one")), Is.EqualTo("""{"kind":"action","operation":"set-phone"}"""));
        Assert.That(await OriginAsync("@pending.json"), Is.EqualTo("""{"kind":"source"}"""));
    }

    [Test]
    public async Task What_was_begun_with_a_kept_store_is_carried_on()
    {
        await using KeptStore kept = await KeptStore.OpenAsync(kind, _server);
        Task SameAsync(string name, params string[] words) => kept.CompareAsync(Path.Combine("afterwards", $"{name}.json"), newRun: true, exit: 0, words);

        await SameAsync("resume-limited", "resume", kept.Run("limited"), "--yes");
        await SameAsync("resume-killed", "resume", kept.Run("killed"), "--yes", "--wait");
        await SameAsync("apply-pending", "apply", "@pending.json", "--yes");
        await SameAsync("undo-plan", "undo", kept.Run("probe"), "--source", "@probe.csv", "--out", "@undo-probe.json");
        Answer approve = await kept.RunAsync("approver", "approve", "@undo-probe.json", "--reason", "CHG-5");
        Assert.That(approve.Exit, Is.Zero, $"{approve}");
        await SameAsync("undo-run", "apply", "@undo-probe.json", "--yes");
        await SameAsync("history-limit4", "history", "limit4@contoso.com", "--reveal");
        await SameAsync("history-equal0", "history", "equal0@contoso.com", "--reveal");

        Answer verify = await kept.RunAsync("planner", "audit", "verify");
        Assert.That(verify.Exit, Is.Zero, $"{verify}");
        Assert.That(kept.Sandbox.Journal.AppliedWrites.Select(Lines.Applied), Is.Unique);
        using (Assert.EnterMultipleScope())
        {
            for (int n = 0; n < 5; n++) Assert.That(kept.MethodsOf($"limit{n}"), Does.StartWith($"mobile +1 206552400{n}; office +1 206552500{n}"));
            for (int n = 0; n < 6; n++) Assert.That(kept.MethodsOf($"kill{n}"), Does.StartWith($"mobile +1 206552600{n}; office +1 206552700{n}"));
            Assert.That(kept.MethodsOf("pending0"), Does.StartWith("mobile +1 2065531000").And.Not.Contain("office"));
            Assert.That(kept.Sandbox.Tenant.User("equal0@contoso.com").AlternateMobile, Is.Null);
        }
    }

    [Test]
    public async Task A_kept_plan_is_applied_once_and_not_by_its_approver()
    {
        await using KeptStore kept = await KeptStore.OpenAsync(kind, _server);

        Answer own = await kept.RunAsync("approver", "apply", "@pending.json", "--yes", "--format", "json");
        Answer first = await kept.RunAsync("planner", "apply", "@pending.json", "--yes", "--format", "json");
        Answer second = await kept.RunAsync("planner", "apply", "@pending.json", "--yes", "--format", "json");

        Assert.That((own.Exit, own.Codes("diagnostics")), Is.EqualTo((3, new[] { "approvalMissing", "approvalUnfit" })), $"{own}");
        Assert.That(first.Exit, Is.Zero, $"{first}");
        Assert.That((second.Exit, second.Text("code")), Is.EqualTo((1, "planAlreadyApplied")), $"{second}");
    }
}
