using System.Collections.Concurrent;
using System.Text.Json;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Sandbox.Faults;

namespace ProvisioningConnector.Facade.Tests.Openidm;

/// <summary>Limits over time, protections, faults on the way, and concurrent calls.</summary>
public sealed class GuardTests
{
    private const string Empty = """{"__phoneAuthenticationMethods__":[]}""";

    [Test]
    public async Task A_broken_mapping_deletes_no_more_than_the_limit_until_an_approver_opens_it()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(80),
            tenant: """ , "Guardrails": { "MaxDeletes": 7, "MaxLastPhone": "none" } """);
        KeyText approver = await bench.Rig.KeyAsync("boss", "azuread", null, Right.Approve);
        ConcurrentBag<Answer> answers = [];
        await Parallel.ForEachAsync(Enumerable.Range(1, 80), new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (n, _) => answers.Add(await bench.PutAsync(SystemBench.PathOf(n), Empty)));

        Assert.That((answers.Count(a => a.Status == 200), answers.Count(a => a.Status == 403), bench.Writes), Is.EqualTo((7, 73, 7)));
        JsonElement detail = answers.First(a => a.Status == 403).Json().GetProperty("detail");
        Assert.That((detail.GetProperty("guardrail").GetString(), detail.GetProperty("window").GetString(),
            detail.GetProperty("limit").GetInt32(), detail.GetProperty("actual").GetInt32()), Is.EqualTo(("MaxDeletes", "1 hour", 7, 8)));
        int next = Enumerable.Range(1, 80).First(n => bench.Sandbox.Tenant.User($"u{n:000}@contoso.com").Mobile is not null);
        Answer plan = await bench.PutAsync($"{SystemBench.PathOf(next)}?_dryRun=true", Empty);
        Assert.That((plan.Json().GetProperty("applyable").GetBoolean(), plan.Json().GetProperty("guardrails")[0].GetProperty("verdict").GetString()),
            Is.EqualTo((false, "blocked")), plan.Body);

        const string Approve = "/openidm/system/azuread?_action=approve";
        const string Body = """{"allow":{"deletes":3},"for":"01:00:00","reason":"CHG-1"}""";
        Assert.That((await bench.SendAsync("POST", Approve, Body)).Status, Is.EqualTo(403));
        foreach (string wrong in (string[])["{}", """{"allow":{"deletes":0},"for":"01:00:00","reason":"x"}""",
            """{"allow":{"deletes":3},"for":"1h","reason":"x"}""", """{"allow":{"deletes":3},"for":"01:00:00"}""",
            """{"allow":{"delets":3},"for":"01:00:00","reason":"x"}""", """{"alow":{"deletes":3},"for":"01:00:00","reason":"x"}"""])
        {
            Assert.That((await bench.SendAsync(approver, "POST", Approve, wrong)).Status, Is.EqualTo(400), wrong);
        }

        Answer opened = await bench.SendAsync(approver, "POST", Approve, Body);
        Assert.That((opened.Status, opened.Json().GetProperty("openings")[0].GetProperty("number").GetInt32()), Is.EqualTo((200, 3)), opened.Body);
        foreach (int n in Enumerable.Range(1, 80)) await bench.PutAsync(SystemBench.PathOf(n), Empty);
        Assert.That(bench.Writes, Is.EqualTo(10));
        Assert.That(await bench.Rig.Services.Shared.Trail.RecordsAsync(default)
            .Where(r => System.Text.Encoding.UTF8.GetString(r.Body.AsSpan()) is var reported && reported.Contains("boss", StringComparison.Ordinal)
            && reported.Contains("CHG-1", StringComparison.Ordinal)).CountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task While_an_entry_of_Protected_matches_no_user_nothing_is_changed()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1), tenant: """ , "Protected": [ "glass@contoso.com" ] """);

        Answer held = await bench.PutAsync(SystemBench.PathOf(1), """{"__phoneAuthenticationMethods__":["+1 2065550111:mobile"]}""");

        Assert.That((held.Status, held.Code(), bench.Writes), Is.EqualTo((403, "protectedNobody", 0)), held.Body);
    }

    [Test]
    public async Task What_is_held_is_403_with_its_code_and_writes_nothing()
    {
        await using SystemBench bench = await SystemBench.StartAsync(
            """ "users": [ { "id": "00000001-0007-0007-0102-030405060708", "userPrincipalName": "only@contoso.com","""
            + """ "phones": { "mobile": "+1 2065550100" } }, { "id": "00000002-0007-0007-0102-030405060708", "userPrincipalName": "glass@contoso.com","""
            + """ "phones": { "mobile": "+1 2065550100" } } ] """,
            tenant: """ , "Protected": { "glass@contoso.com": "break glass" } """);
        Answer last = await bench.PutAsync(SystemBench.PathOf(1), Empty);
        Answer protectedOne = await bench.PutAsync(SystemBench.PathOf(2), """{"__phoneAuthenticationMethods__":["+1 2065550111:mobile"]}""");
        Assert.That((last.Status, last.Code(), protectedOne.Status, bench.Writes), Is.EqualTo((403, "lastMethod", 403, 0)), last.Body + protectedOne.Body);
        Assert.That(last.Json().GetProperty("detail").GetProperty("held")[0].GetProperty("part").GetString(), Is.Not.Empty);
    }

    [TestCase("Never", "none")]
    [TestCase("Deletes", "deletes")]
    [TestCase("Always", "all")]
    public async Task What_a_second_person_would_have_to_approve_is_403_and_writes_nothing(string rule, string refused)
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(6),
            tenant: $$""" , "RequireApproval": "{{rule}}", "Guardrails": { "MaxUpdates": "none", "MaxAdds": "none", "MaxDeletes": "none" } """);
        const string Set = """{"__phoneAuthenticationMethods__":["+1 2065550199:mobile"]}""";
        (string Method, string? Over, string Body, bool Deletes)[] writes =
        [
            ("PUT", null, Set, false), ("POST", "PUT", Set, false),
            ("PATCH", null, """[{"operation":"add","field":"/__phoneAuthenticationMethods__","value":"+1 2065550199:office"}]""", false),
            ("PATCH", null, """[{"operation":"remove","field":"/__phoneAuthenticationMethods__"}]""", true),
            ("PUT", null, Empty, true), ("PUT", null, """{"__removeSoftwareOathMethods__":["o6"],"__emailAuthenticationMethod__":"k@example.org"}""", true),
        ];
        foreach ((int at, (string method, string? over, string body, bool deletes)) in writes.Index())
        {
            (string, string)[] headers = over is null ? [] : [("X-HTTP-Method-Override", over)];
            bool isRefused = refused == "all" || (refused == "deletes" && deletes);
            long before = bench.Writes;
            Answer plan = await bench.SendAsync(method, $"{SystemBench.PathOf(at + 1)}?_dryRun=true", body, headers);
            Assert.That((plan.Status, plan.Json().GetProperty("applyable").GetBoolean(), bench.Writes), Is.EqualTo((200, !isRefused, before)), plan.Body);
            Answer answer = await bench.SendAsync(method, SystemBench.PathOf(at + 1), body, headers);
            Assert.That((answer.Status, isRefused ? answer.Code() : null, bench.Writes > before),
                Is.EqualTo((isRefused ? 403 : 200, isRefused ? "approvalMissing" : null, !isRefused)), $"{method} {body}: {answer.Body}");
        }

        Answer same = await bench.PutAsync(SystemBench.PathOf(6), """{"__phoneAuthenticationMethods__":["+1 2065550100:mobile"]}""");
        Assert.That(same.Status, Is.EqualTo(200), "a request that changes nothing needs no approval");
    }

    [TestCase("phone.update", """{ "answer": { "status": 403, "code": "accessDenied" } }""", 500, "done", "failed")]
    [TestCase("phone.update", """{ "answer": { "status": 400, "code": "invalidPhoneNumber" } }""", 500, "done", "failed")]
    [TestCase("phone.create", """{ "answer": { "status": 403, "code": "accessDenied" } }""", 403, "failed", "skipped")]
    [TestCase("phone.create", """{ "answer": { "status": 400, "code": "invalidPhoneNumber" } }""", 400, "failed", "skipped")]
    public async Task What_is_done_in_part_is_500_with_the_outcomes_and_what_the_tenant_refused_whole_is_its_refusal(string kind,
        string fault, int status, string first, string second)
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));
        bench.Sandbox.Faults = FaultPlan.Parse($$"""{ "rules": [ { "match": { "kind": "{{kind}}" }, "then": {{fault}} } ] }""");
        Answer answer = await bench.PutAsync(SystemBench.PathOf(1), """{"__phoneAuthenticationMethods__":["+1 2065550111:mobile","+1 2065550112:office"]}""");
        Assert.That((answer.Status, answer.Code()), Is.EqualTo((status, "partlyDone")), answer.Body);
        string[] outcomes = [.. answer.Json().GetProperty("detail").GetProperty("operations")
            .EnumerateArray().Select(o => o.GetProperty("outcome").GetString()!)];
        Assert.That(outcomes, Is.EquivalentTo(new[] { first, second }));
        Assert.That(answer.Body, Does.Not.Contain("2065550111").And.Not.Contain("2065550112").And.Not.Contain("2065550100"));
    }

    [Test]
    public async Task A_slow_tenant_is_503_while_the_work_goes_on_and_a_repeat_is_safe()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1), """ "ReplyWithin": "00:00:00.4" """);
        await bench.GetAsync(SystemBench.PathOf(1));
        bench.Sandbox.Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "kind": "phone.update" }, "count": 1, "then": { "delayBefore": 1500 } } ] }""");
        const string Body = """{"__phoneAuthenticationMethods__":["+1 2065550111:mobile"]}""";
        Answer first = await bench.PutAsync(SystemBench.PathOf(1), Body);
        Assert.That((first.Status, first.Headers.ContainsKey("Retry-After"), bench.Rig.Services.Work.Count), Is.EqualTo((503, true, 1)), first.Body);
        Answer again;
        do again = await bench.PutAsync(SystemBench.PathOf(1), Body);
        while (again.Status == 503);
        Assert.That((again.Status, bench.Writes), Is.EqualTo((200, 1)), again.Body);
        Assert.That(again.List("__phoneAuthenticationMethods__"), Is.EqualTo(new[] { "+1 2065550111:MOBILE" }));
        while (bench.Rig.Services.Work.Count > 0) await Task.Delay(5);
        Assert.That(bench.Rig.Log, Does.Contain("Work that outlasted its answer is done"));
    }

    [Test]
    public async Task Two_hundred_clients_on_twenty_users_lose_no_update()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(20),
            tenant: """ , "Guardrails": { "MaxUpdates": "none", "MaxAdds": "none" } """);
        ConcurrentDictionary<string, string> byRevision = [];
        ConcurrentBag<(int User, string Number)> written = [];
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async client =>
        {
            int user = (client % 20) + 1;
            string number = $"+1 20655{55000 + client:00000}";
            while (true)
            {
                Answer read = await bench.GetAsync($"{SystemBench.PathOf(user)}?_fields=__phoneAuthenticationMethods__");
                Answer put = await bench.PutAsync($"{SystemBench.PathOf(user)}?_fields=_rev", $$"""{"__phoneAuthenticationMethods__":["{{number}}:mobile"]}""",
                    ("If-Match", read.Headers["ETag"]));
                if (put.Status is 412 or 503) continue;
                Assert.That(put.Status, Is.EqualTo(200), put.Body);
                // A revision that two had as their precondition was overwritten by both.
                Assert.That(byRevision.TryAdd($"{user} {read.Headers["ETag"]}", number), Is.True);
                written.Add((user, number));
                return;
            }
        }));
        Assert.That(bench.Writes, Is.EqualTo(200));
        Assert.That(bench.Sandbox.Journal.OverlappingWrites, Is.Zero);
        for (int n = 1; n <= 20; n++)
        {
            string now = bench.Sandbox.Tenant.User($"u{n:000}@contoso.com").Mobile!.ToString()!;
            Assert.That(written.Where(w => w.User == n).Any(w => now.Contains(w.Number[3..], StringComparison.Ordinal)), Is.True, now);
        }
    }

    [Test]
    public async Task Numbers_addresses_and_secrets_appear_in_no_log_and_not_in_clear_on_disk()
    {
        const string Number = "2065557777", Address = "marker7777@example.org";
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(2));
        foreach (string body in (string[])
            [$$"""{"__phoneAuthenticationMethods__":["+1 {{Number}}:mobile"],"__emailAuthenticationMethod__":"{{Address}}"}""",
                $$"""{"+1{{Number}}":1}""", $$"""{"__phoneAuthenticationMethods__":["+1 {{Number}}:fax","+1{{Number}}:{{Address}}"]}""",
                $$"""["{{Number}}" """])
        {
            foreach (string path in (string[])[SystemBench.PathOf(1), $"{SystemBench.Users}/+1{Number}",
                $"{SystemBench.PathOf(2)}?_dryRun=true", $"{SystemBench.PathOf(2)}?{Number}=1"])
            {
                foreach (string method in (string[])["PUT", "PATCH", "POST"])
                {
                    Answer answer = await bench.SendAsync(method, path, body);
                    if (answer.Status >= 400) Assert.That(answer.Body, Does.Not.Contain(Number).And.Not.Contain(Address), $"{method} {path} {body}");
                }
            }
        }

        await bench.GetAsync($"{SystemBench.Users}?_queryFilter={Uri.EscapeDataString($"__phoneAuthenticationMethods__ eq \"+1 {Number}:mobile\"")}");
        string all = bench.Rig.Log + await bench.Rig.DiskAsync();
        Assert.That(all, Does.Not.Contain(Number).And.Not.Contain(Address).And.Not.Contain(bench.Key.Reveal()));
        Assert.That(bench.Writes, Is.EqualTo(2));
    }
}
