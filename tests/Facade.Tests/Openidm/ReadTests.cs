using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Sandbox.Faults;

namespace ProvisioningConnector.Facade.Tests.Openidm;

/// <summary>Reads and queries.</summary>
public sealed class ReadTests
{
    private SystemBench _bench = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _bench = await SystemBench.StartAsync(SystemBench.Some(25));

    [OneTimeTearDown]
    public async Task StopAsync() => await _bench.DisposeAsync();

    [Test]
    public async Task Methods_are_read_only_when_a_field_needs_them()
    {
        _bench.Sandbox.Journal.Clear();
        Answer plain = await _bench.GetAsync(SystemBench.PathOf(1));
        long before = Reads();
        Answer asked = await _bench.GetAsync($"{SystemBench.PathOf(1)}?_fields=__phoneAuthenticationMethods__,userPrincipalName");

        Assert.That((plain.Status, before), Is.EqualTo((200, 0)));
        Assert.That(plain.Names(), Does.Contain("userPrincipalName").And.Not.Contain("_rev").And.Not.Contain("__phoneAuthenticationMethods__"));
        Assert.That(Reads(), Is.GreaterThan(0));
        Assert.That(asked.Names(), Is.EqualTo(new[] { "_id", "_rev", "userPrincipalName", "__phoneAuthenticationMethods__" }));
        Assert.That(asked.List("__phoneAuthenticationMethods__"), Is.EqualTo(new[] { "+1 2065550100:MOBILE" }));
        Assert.That((await _bench.GetAsync($"{SystemBench.PathOf(1)}?_fields=_rev")).Names(), Is.EqualTo(new[] { "_id", "_rev" }));
        long Reads() => _bench.Sandbox.Journal.Counts.Where(c => c.Key.StartsWith("methods.", StringComparison.Ordinal)).Sum(c => c.Value);
    }

    [Test]
    public async Task A_known_revision_is_304_and_another_one_is_the_object()
    {
        string path = $"{SystemBench.PathOf(2)}?_fields=userPrincipalName";
        string tag = (await _bench.GetAsync($"{SystemBench.PathOf(2)}?_fields=_rev")).Headers["ETag"];
        Answer same = await _bench.GetAsync(path, ("If-None-Match", tag));
        Assert.That((same.Status, same.Body, same.Headers["ETag"]), Is.EqualTo((304, "", tag)));
        Assert.That((await _bench.GetAsync(path, ("If-None-Match", "\"other\""))).Status, Is.EqualTo(200));
        Assert.That((await _bench.GetAsync(path, ("If-None-Match", "*"))).Status, Is.EqualTo(412));
        Assert.That((await _bench.GetAsync(path, ("If-Match", tag))).Status, Is.EqualTo(412));
        Assert.That((await _bench.GetAsync(path, ("If-Modified-Since", "Sat, 21 Nov 2026 00:00:00 GMT"))).Status, Is.EqualTo(409));
    }

    [Test]
    public async Task A_field_can_be_had_bare_and_an_answer_indented()
    {
        Answer bare = await _bench.GetAsync($"{SystemBench.PathOf(3)}?_fields=userPrincipalName&_mimeType=text/plain");
        Assert.That((bare.Body, bare.Headers["Content-Type"]), Is.EqualTo(("u003@contoso.com", "text/plain")));
        Assert.That((await _bench.GetAsync($"{SystemBench.PathOf(3)}?_prettyprint=true")).Body, Does.Contain("\n  \"_id\""));
        Assert.That((await _bench.GetAsync($"{SystemBench.PathOf(3)}?_fields=authenticationMethods/0/id")).Body,
            Does.Contain("authenticationMethods\":[{\"id\":"));
    }

    [TestCase("true", 25)]
    [TestCase("false", 0)]
    [TestCase("userPrincipalName eq \"u007@contoso.com\"", 1)]
    [TestCase("_id eq \"00000009-0007-0007-0102-030405060708\"", 1)]
    [TestCase("displayName sw \"User 01\"", 10)]
    [TestCase("displayName co \"1\" and !(displayName ew \"1\")", 9)]
    [TestCase("displayName eq \"User 001\" or displayName eq 'User 002'", 2)]
    [TestCase("displayName in '[\"User 001\",\"User 003\",\"nobody\"]'", 2)]
    [TestCase("employeeId pr", 0)]
    [TestCase("nothing pr", 0)]
    [TestCase("__phoneAuthenticationMethods__ eq \"+1 2065550100:mobile\"", 25)]
    [TestCase("accountEnabled eq true and displayName gt \"User 020\"", 5)]
    [TestCase("! (true)", 0)]
    [TestCase("!(false)", 25)]
    public async Task A_filter_finds_exactly_what_it_means(string filter, int count)
    {
        Answer answer = await _bench.GetAsync($"{SystemBench.Users}?_queryFilter={Uri.EscapeDataString(filter)}&_fields=displayName");
        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Names(),
            Is.EqualTo(new[] { "result", "resultCount", "pagedResultsCookie", "totalPagedResultsPolicy", "totalPagedResults", "remainingPagedResults" }));
        Assert.That((answer.Json().GetProperty("resultCount").GetInt32(), answer.Json().GetProperty("result").GetArrayLength()), Is.EqualTo((count, count)));
    }

    [TestCase("_queryFilter=true", 4)]
    [TestCase("_queryFilter=true", 7)]
    [TestCase("_queryId=query-all-ids", 10)]
    [TestCase("_queryFilter=displayName+co+%220%22&_totalPagedResultsPolicy=EXACT", 3)]
    [TestCase("_queryFilter=true&_sortKeys=-displayName", 9)]
    [TestCase("_queryFilter=true&_fields=__phoneAuthenticationMethods__", 12)]
    public async Task Pages_by_cookie_and_by_offset_give_everybody_once(string query, int size)
    {
        string[] whole = Ids(await _bench.GetAsync($"{SystemBench.Users}?{query}"));
        List<string> byCookie = [], byOffset = [];
        string? cookie = null;
        do
        {
            Answer page = await _bench.GetAsync(
                $"{SystemBench.Users}?{query}&_pageSize={size}{(cookie is null ? "" : $"&_pagedResultsCookie={Uri.EscapeDataString(cookie)}")}");
            Assert.That(page.Status, Is.EqualTo(200), page.Body);
            byCookie.AddRange(Ids(page));
            cookie = page.Json().GetProperty("pagedResultsCookie").GetString();
        }
        while (cookie is not null);
        string sized = $"{SystemBench.Users}?{query}&_pageSize={size}";
        for (string[] page; (page = Ids(await _bench.GetAsync($"{sized}&_pagedResultsOffset={byOffset.Count}"))).Length > 0;) byOffset.AddRange(page);

        Assert.That(whole, Is.Unique.And.Length.GreaterThan(size));
        Assert.That(byCookie, Is.EqualTo(whole));
        Assert.That(byOffset, Is.EqualTo(whole));
        static string[] Ids(Answer answer) => [.. answer.Json().GetProperty("result").EnumerateArray().Select(u => u.GetProperty("_id").GetString()!)];
    }

    [Test]
    public async Task Sorting_follows_the_directory_and_ids_are_only_ids()
    {
        Answer down = await _bench.GetAsync($"{SystemBench.Users}?_queryFilter=true&_sortKeys=-displayName&_fields=displayName&_pageSize=2");
        Assert.That(down.Json().GetProperty("result").EnumerateArray().Select(u => u.GetProperty("displayName").GetString()),
            Is.EqualTo(new[] { "User 025", "User 024" }));
        Answer ids = await _bench.GetAsync($"{SystemBench.Users}?_queryId=query-all-ids");
        Assert.That(ids.Json().GetProperty("result")[0].EnumerateObject().Select(p => p.Name), Is.EqualTo(new[] { "_id" }));
    }

    [Test]
    public async Task Who_may_only_read_sees_masked_values_and_can_compare_with_nothing_else()
    {
        KeyText narrow = await _bench.Rig.KeyAsync("narrow", "azuread", null, Right.Read);
        Answer read = await _bench.SendAsync(narrow, "GET", $"{SystemBench.PathOf(1)}?_fields=__phoneAuthenticationMethods__,authenticationMethods");
        Answer found = await _bench.SendAsync(narrow, "GET",
            $"{SystemBench.Users}?_queryFilter={Uri.EscapeDataString("__phoneAuthenticationMethods__ eq \"+1 2065550100:MOBILE\"")}");
        Assert.That(read.Body, Does.Contain("•").And.Contain(":MOBILE").And.Not.Contain("2065550100"));
        Assert.That(found.Json().GetProperty("resultCount").GetInt32(), Is.Zero);
        Assert.That((await _bench.SendAsync(narrow, "PUT", SystemBench.PathOf(1), "{}")).Status, Is.EqualTo(403));
        Assert.That((await _bench.SendAsync(narrow, "PUT", $"{SystemBench.PathOf(1)}?_dryRun=true", "{}")).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task A_source_that_fails_in_the_middle_ends_the_envelope_with_an_error()
    {
        await using SystemBench bench = await SystemBench.StartAsync(
            """ "generate": [ { "count": 1200, "prefix": "g", "domain": "contoso.com", "seed": 1 } ] """);
        await bench.GetAsync($"{SystemBench.Users}?_queryFilter=true&_pageSize=1");
        bench.Sandbox.Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "kind": "users.list" }, "nth": 2, "every": 1,"""
            + """ "then": { "answer": { "status": 403, "code": "Authorization_RequestDenied" } } } ] }""");
        Answer late = await bench.GetAsync($"{SystemBench.Users}?_queryFilter=true&_fields=displayName");
        Answer early = await bench.GetAsync($"{SystemBench.Users}?_queryFilter=true&_fields=displayName");
        Assert.That(late.Status, Is.EqualTo(200));
        Assert.That(late.Names(), Is.EqualTo(new[] { "result", "resultCount", "error" }));
        Assert.That(late.Json().GetProperty("resultCount").GetInt32(), Is.EqualTo(late.Json().GetProperty("result").GetArrayLength()).And.GreaterThan(0));
        Assert.That((early.Status, late.Json().GetProperty("error").GetProperty("code").GetInt32()), Is.EqualTo((403, 403)));
    }
}
