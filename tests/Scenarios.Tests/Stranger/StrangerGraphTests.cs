using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Stranger;

/// <summary>The main scenarios against a Graph that is not the project's sandbox.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StrangerGraphTests : IAsyncDisposable
{
    private const string TenantId = "8d6f2c1e-0b1f-4a52-9d2b-3d1a8d6c1f00";
    private readonly StrangerGraph _graph = new();
    private readonly Shell _desk = new();

    public async ValueTask DisposeAsync()
    {
        await _graph.DisposeAsync();
        _desk.Dispose();
    }

    [TestCase(404)]
    [TestCase(501)]
    [TestCase(405)]
    public async Task The_main_job_is_done_without_batches(int batchStatus)
    {
        _graph.BatchStatus = batchStatus;
        StrangerGraph.StrangerUser empty = _graph.Add("ada@contoso.com");
        StrangerGraph.StrangerUser others = _graph.Add("ben@contoso.com", ("mobile", "+12065550100"),
            ("alternateMobile", "+12065550101"), ("office", "+12065550102"));
        StrangerGraph.StrangerUser same = _graph.Add("cleo@contoso.com", ("mobile", "+17322714703"),
            ("alternateMobile", "+17322714705"), ("office", "+17322714709"));
        await OpenAsync();
        string list = """["+1 7322714703:mobile","+1 7322714705:alternate_mobile","+1 7322714709:office"]""";
        _desk.Write("people.json",
            $$"""[{"user":"ada@contoso.com","phones":{{list}}},{"user":"ben@contoso.com","phones":{{list}}},{"user":"usr_0003","phones":{{list}}}]""");

        Answer plan = await _desk.RunAsync("plan", "@people.json", "--format", "json", "--reveal");
        Assert.That(plan.Exit, Is.Zero, $"{plan}");
        Assert.That(_graph.Writes, Is.Empty);
        Assert.That(Operations(plan), Is.EqualTo((string[])["add 3", "update 3"]));

        Answer apply = await _desk.RunAsync("apply", "@people.json", "--yes", "--format", "json");
        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        const string All = "alternateMobile +17322714705; mobile +17322714703; office +17322714709";
        Assert.That((string[])[$"{empty}", $"{others}", $"{same}"], Is.All.EqualTo(All));
        Assert.That(_graph.Writes, Has.Length.EqualTo(6));
        Assert.That(_graph.Writes, Has.None.Contains("PUT "));
        await NothingIsLeftAsync("people.json");
    }

    [Test]
    public async Task Removals_swaps_emails_and_keys_are_carried_out_in_a_legal_order()
    {
        StrangerGraph.StrangerUser swap = _graph.Add("ada@contoso.com", ("mobile", "+12065550100"), ("alternateMobile", "+12065550101"));
        StrangerGraph.StrangerUser remove = _graph.Add("ben@contoso.com", ("mobile", "+12065550110"),
            ("alternateMobile", "+12065550111"), ("office", "+12065550112"));
        StrangerGraph.StrangerUser mail = _graph.Add("guest_fabrikam.com#EXT#@contoso.com", ("mobile", "+12065550120"));
        mail.Keys.UnionWith(["k-1", "k-2"]);
        mail.Email = "old@example.org";
        StrangerGraph.StrangerUser move = _graph.Add("dan@contoso.com", ("office", "+442079460018"));
        await OpenAsync();
        _desk.Write("people.csv", """
            user,phones,email,remove
            ada@contoso.com,+1 2065550101:mobile|+1 2065550100:alternateMobile,,
            ben@contoso.com,+1 2065550112:office,,
            guest_fabrikam.com#EXT#@contoso.com,,none,fido2
            dan@contoso.com,+44 20 7946 0018:mobile,dan@example.org,
            """);

        Answer apply = await _desk.RunAsync("apply", "@people.csv", "--yes", "--format", "json");

        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That($"{swap}", Is.EqualTo("alternateMobile +12065550100; mobile +12065550101"));
        Assert.That($"{remove}", Is.EqualTo("office +12065550112"));
        Assert.That($"{mail}", Is.EqualTo("mobile +12065550120"));
        Assert.That($"{move}", Is.EqualTo("mobile +442079460018; email dan@example.org"));
        await NothingIsLeftAsync("people.csv");
    }

    [Test]
    public async Task Many_users_are_found_though_the_list_ignores_its_query_options()
    {
        for (int i = 0; i < 1200; i++) _graph.Add($"user{i:D4}@contoso.com", ("mobile", $"+1206555{i:D4}"));
        await OpenAsync();
        _desk.Write("people.csv", "user,mobile\n" + string.Concat(Enumerable.Range(0, 1200).Select(i => $"user{i:D4}@contoso.com,+1 206556{i:D4}\n")));

        Answer plan = await _desk.RunAsync("plan", "@people.csv", "--format", "json", "--allow", "updates=1200");

        Assert.That(plan.Exit, Is.Zero, plan.Error);
        Assert.That(plan.Document.GetProperty("summary").GetProperty("operations").GetProperty("update").GetInt64(), Is.EqualTo(1200));
    }

    [Test]
    public async Task Without_readable_roles_the_plan_is_blocked_and_says_how_to_go_on()
    {
        _graph.Add("ada@contoso.com");
        await OpenAsync(protectPrivileged: true);
        _desk.Write("people.csv", "user,mobile\nada@contoso.com,+1 2065550100\n");

        Answer plan = await _desk.RunAsync("plan", "@people.csv");
        Answer apply = await _desk.RunAsync("apply", "@people.csv", "--yes");

        Assert.That((plan.Exit, apply.Exit), Is.EqualTo((3, 3)));
        Assert.That(plan.Output, Does.Contain("ProtectPrivileged"));
        Assert.That(_graph.Writes, Is.Empty);
    }

    [Test]
    public async Task An_answer_of_503_that_hides_an_effect_is_found_out()
    {
        StrangerGraph.StrangerUser ada = _graph.Add("ada@contoso.com");
        await OpenAsync();
        _desk.Write("people.csv", "user,mobile\nada@contoso.com,+1 2065550100\n");
        int writes = 0;
        _graph.Special = request =>
        {
            if (request.Method != "POST" || Interlocked.Increment(ref writes) > 1) return null;
            ada.Phones["mobile"] = "+12065550100";
            return (503, "<html>Service Unavailable</html>");
        };

        Answer apply = await _desk.RunAsync("apply", "@people.csv", "--yes", "--format", "json");

        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That(writes, Is.EqualTo(1));
    }

    [Test]
    public async Task A_link_to_another_host_is_an_error_and_gets_no_token()
    {
        await using StrangerGraph elsewhere = new();
        await elsewhere.StartAsync();
        _graph.NextLink = $"{elsewhere.Address}/v1.0/users?$skiptoken=2";
        for (int i = 0; i < 3; i++) _graph.Add($"user{i}@contoso.com");
        await OpenAsync();

        Answer export = await _desk.RunAsync("export", "--out", "@all.csv", "--reveal", "--format", "json");

        Assert.That(export.Exit, Is.EqualTo(1), $"{export}");
        Assert.That(export.Text("kind"), Is.EqualTo("error"));
        Assert.That(elsewhere.Requests, Is.Empty);
        Assert.That(File.Exists(_desk.At("all.csv")), Is.False);
    }

    [Test]
    public async Task A_user_whom_two_pages_list_is_exported_once_and_the_export_is_read_back_whole()
    {
        StrangerGraph.StrangerUser[] users = [.. Enumerable.Range(0, 4).Select(i => _graph.Add($"user{i}@contoso.com", ("mobile", $"+1206555010{i}")))];
        await OpenAsync();
        _graph.Special = request =>
        {
            if (request.Path != "/v1.0/users") return null;
            int page = request.Query.TryGetValue("$skiptoken", out StringValues token) ? int.Parse(token.ToString()) : 0;
            JsonObject list = new() { ["value"] = new JsonArray(users[page].Json(), users[page + 1].Json()) };
            if (page < 2) list["@odata.nextLink"] = $"{_graph.Address}/v1.0/users?$skiptoken={page + 1}";
            return (200, list.ToJsonString());
        };

        Answer export = await _desk.RunAsync("export", "--out", "@all.csv", "--reveal", "--format", "json");
        Answer plan = await _desk.RunAsync("plan", "@all.csv", "--format", "json", "--detailed-exitcode");

        Assert.That((export.Exit, export.Document.GetProperty("users").GetInt64(), plan.Exit), Is.EqualTo((0, 4L, 0)), $"{export}{plan}");
        Assert.That(File.ReadAllLines(_desk.At("all.csv")).Skip(1).Select(line => line.Split(',')[0]), Is.EqualTo(users.Select(user => user.Name)));
        Assert.That(plan.Document.GetProperty("summary").GetProperty("equal").GetInt64(), Is.EqualTo(4), $"{plan}");
    }

    [TestCase(401)]
    [TestCase(403)]
    public async Task A_refused_credential_writes_nothing_and_says_what_to_check(int status)
    {
        _graph.Add("ada@contoso.com");
        await OpenAsync();
        _graph.Special = _ => (status, null);
        _desk.Write("people.csv", "user,mobile\nada@contoso.com,+1 2065550100\n");

        Answer plan = await _desk.RunAsync("plan", "@people.csv");
        Answer doctor = await _desk.RunAsync("doctor");

        Assert.That(plan.Exit, Is.Not.Zero.And.Not.EqualTo(2), $"{plan}");
        Assert.That(plan.All, Does.Contain($"{status}").Or.Contain("permission").Or.Contain("credential"));
        Assert.That(doctor.Exit, Is.EqualTo(1), $"{doctor}");
    }

    private async Task OpenAsync(bool protectPrivileged = false)
    {
        await _graph.StartAsync();
        _desk.Configure(_graph.Address, TenantId, new JsonObject { ["ProtectPrivileged"] = protectPrivileged ? "On" : "Off" });
    }

    private async Task NothingIsLeftAsync(string source)
    {
        Answer again = await _desk.RunAsync("plan", $"@{source}", "--format", "json", "--detailed-exitcode");
        Assert.That(again.Exit, Is.Zero, $"{again}");
    }

    private static string[] Operations(Answer plan) =>
        [.. plan.Document.GetProperty("summary").GetProperty("operations").EnumerateObject()
        .Where(o => o.Value.ValueKind == JsonValueKind.Number && o.Value.GetInt64() > 0).Select(o => $"{o.Name} {o.Value}")];
}
