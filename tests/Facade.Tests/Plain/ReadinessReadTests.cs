using System.Text.Json;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Readiness;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Reports.Readiness;

namespace ProvisioningConnector.Facade.Tests.Plain;

/// <summary>The last run of readiness over HTTP (docs/facade.md#readiness).</summary>
public sealed class ReadinessReadTests
{
    private const string Counts = "/api/v1/tenants/one/readiness";
    private const string People = Counts + "/people";
    private const string Kept = """ "Readiness": { "History": "People", "Purpose": "calls before the date" } """;

    [Test]
    public async Task Without_a_kept_run_the_answer_names_the_command_that_makes_one()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(tenant: Kept);
        KeyText key = await stage.Rig.KeyAsync("reader", rights: [Right.Readiness]);

        foreach (string path in (string[])[Counts, People])
        {
            Answer answer = await stage.Rig.AskAsync(key, path);
            Assert.That(answer.Problem(), Is.EqualTo((404, "noReadinessRun")));
            Assert.That(answer.Text("command"), Is.EqualTo("provision readiness"));
        }
    }

    [Test]
    public async Task Counts_are_those_of_the_last_run_and_name_no_one()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();
        KeyText key = await stage.Rig.KeyAsync("reader", rights: [Right.Readiness]);
        TenantReadiness run = await RunAsync(stage, "a1");
        int before = stage.Sandbox.Journal.Requests.Length;

        Answer answer = await stage.Rig.AskAsync(key, Counts);

        using JsonDocument body = JsonDocument.Parse(answer.Body);
        Assert.That((answer.Status, answer.Text("runId"), answer.Text("asOf")), Is.EqualTo((200, "a1", "report")), answer.Body);
        Assert.That(body.RootElement.GetProperty("total").GetInt64(), Is.EqualTo(run.Total).And.EqualTo(4));
        Assert.That(body.RootElement.GetProperty("bands").EnumerateArray().Sum(static b => b.GetProperty("people").GetInt64()), Is.EqualTo(run.Total));
        Assert.That(answer.Body, Does.Not.Contain("@contoso.com").And.Not.Contain("departments"));
        Assert.That(stage.Sandbox.Journal.Requests.Skip(before).Where(static r => r.Kind.Contains("egistration", StringComparison.Ordinal)), Is.Empty);
        Assert.That((await stage.Rig.AskAsync(key, People)).Problem(), Is.EqualTo((409, "peopleNotKept")), "people are kept by a decision only");
        Assert.That((await stage.Rig.AskAsync(key, PlainStage.Base + "ada@contoso.com/methods")).Problem(), Is.EqualTo((403, "forbidden")), "nothing else");
    }

    [Test]
    public async Task People_come_in_pages_of_one_band_each_masked_without_numbers_and_every_page_is_recorded()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(users: string.Join(",", Enumerable.Range(0, 450).Select(static i =>
            $$"""{ "userPrincipalName": "p{{i}}@contoso.com", "displayName": "P {{i}}", "mail": "p{{i}}@fabrikam.com" """
            + (i % 3 == 0 ? "}" : $$""", "phones": { "mobile": "+1 20655{{i:00000}}" } }"""))), tenant: Kept);
        KeyText key = await stage.Rig.KeyAsync("reader", rights: [Right.Readiness]);
        await RunAsync(stage, "a1");
        Dictionary<string, int> bands = [];
        List<string> seen = [];
        string cursor = "";
        int pages = 0;
        do
        {
            Answer page = await stage.Rig.AskAsync(key, People + cursor);
            using JsonDocument body = JsonDocument.Parse(page.Body);
            JsonElement[] people = [.. body.RootElement.GetProperty("value").EnumerateArray()];
            Assert.That(people, Has.Length.InRange(1, PeoplePages.PageSize));
            Assert.That(people.Select(static p => p.GetProperty("band").GetString()).Distinct().Count(), Is.EqualTo(1));
            Assert.That(page.Body, Does.Not.Contain("20655").And.Not.Contain("@fabrikam.com\"").Or.Contain("•"));
            seen.AddRange(people.Select(static p => p.GetProperty("user").GetString()!));
            foreach (JsonElement p in people) bands[p.GetProperty("band").GetString()!] = bands.GetValueOrDefault(p.GetProperty("band").GetString()!) + 1;
            cursor = body.RootElement.TryGetProperty("next", out JsonElement next) ? "?cursor=" + next.GetString() : "";
            pages++;
        }
        while (cursor.Length > 0);

        Assert.That(seen, Is.Unique.And.Count.EqualTo(450));
        Assert.That(pages, Is.EqualTo(bands.Values.Sum(static n => (n + PeoplePages.PageSize - 1) / PeoplePages.PageSize)));
        foreach ((string band, int count) in bands)
        {
            Answer one = await stage.Rig.AskAsync(key, $"{People}?band={Uri.EscapeDataString(band)}");
            using JsonDocument body = JsonDocument.Parse(one.Body);
            Assert.That(body.RootElement.GetProperty("value").GetArrayLength(), Is.EqualTo(Math.Min(count, PeoplePages.PageSize)), band);
        }

        List<AuditEntry> entries = await stage.Rig.Services.Shared.Trail.RecordsAsync(default)
            .Select(static r => AuditBody.TryRead(r.Body.AsSpan())).OfType<AuditEntry>().ToListAsync();
        Assert.That(entries.Count(static entry => entry.Type == AuditType.Export), Is.EqualTo(pages + bands.Count));
        Assert.That(stage.Rig.Log, Does.Not.Contain("p1@contoso.com"));
        Assert.That(await stage.Rig.DiskAsync(), Does.Not.Contain("p1@contoso.com"), "people are sealed");
        Assert.That((await stage.Rig.AskAsync(key, People + "?cursor=a1.99")).Problem(), Is.EqualTo((400, "badCursor")));
        Assert.That((await stage.Rig.AskAsync(key, People + "?cursor=a0.0")).Problem(), Is.EqualTo((409, "newerReadinessRun")));
        Assert.That((await stage.Rig.AskAsync(key, People + "?band=B9")).Problem(), Is.EqualTo((400, "badQuery")));
    }

    [Test]
    public async Task People_of_a_run_that_was_interrupted_are_not_shown()
    {
        await using PlainStage stage = await PlainStage.OpenAsync(tenant: Kept);
        KeyText key = await stage.Rig.KeyAsync("reader", rights: [Right.Readiness]);
        TenantReadiness run = await RunAsync(stage, "a1");
        PeoplePages pages = new(stage.Rig.Services.Shared.Store, run.Tenant.Id);
        PersonEntry one = (await pages.PageAsync((await pages.IndexAsync(default))!, 0, default))[0];

        await Assert.ThatAsync(() => pages.KeepAsync("a2", run.CreatedAt, Interrupted(one), default), Throws.InstanceOf<OperationCanceledException>());

        Assert.That((await stage.Rig.AskAsync(key, People)).Problem(), Is.EqualTo((503, "readinessBeingKept")));
    }

    private static async IAsyncEnumerable<PersonEntry> Interrupted(PersonEntry one)
    {
        await Task.Yield();
        for (int i = 0; i < PeoplePages.PageSize; i++) yield return one;
        throw new OperationCanceledException();
    }

    private static async Task<TenantReadiness> RunAsync(PlainStage stage, string runId)
    {
        RigServices services = stage.Rig.Services;
        Workspace workspace = Workspace.Within(
            services.Settings, services.Settings.Tenants["one"], services.Shared, "test", services.Time, new NoTrace());
        await using PeopleSpool people = new();
        TenantReadiness run = await new TenantSurvey(workspace, new SurveyOrder(runId, Live: false, SinceRun.Last, null, SourceUse.Plain))
            .RunAsync(people, default);
        Assert.That(run.Error?.Message, Is.Null);
        return run;
    }

    private sealed class NoTrace : IGraphTrace
    {
        public void Ended(in GraphCallTrace ended)
        {
        }
    }
}
