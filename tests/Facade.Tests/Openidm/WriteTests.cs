using System.Text.Json;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Tests.Openidm;

/// <summary>PUT, PATCH and dry runs.</summary>
public sealed class WriteTests
{
    private const string New = """{"__phoneAuthenticationMethods__":["+1 2065550199:mobile"]}""";

    [TestCase("PUT", null, null, 200)]
    [TestCase("PUT", "*", null, 200)]
    [TestCase("PUT", null, "*", 200)]
    [TestCase("PUT", "REV", null, 200)]
    [TestCase("PUT", "\"REV\"", null, 200)]
    [TestCase("PUT", "\"other\", \"REV\"", null, 200)]
    [TestCase("PUT", "\"other\"", null, 412)]
    [TestCase("PUT", "\"other\", \"another\"", null, 412)]
    [TestCase("PUT", "\"REV", null, 400)]
    [TestCase("PUT", "*", "*", 412)]
    [TestCase("PUT", null, "\"REV\"", 400)]
    [TestCase("PATCH", "\"REV\"", null, 200)]
    [TestCase("PATCH", "\"other\"", null, 412)]
    [TestCase("PATCH", null, "*", 412)]
    [TestCase("DELETE", null, null, 501)]
    [TestCase("DELETE", null, "*", 412)]
    [TestCase("POST", null, null, 400)]
    public async Task A_precondition_guards(string method, string? ifMatch, string? ifNoneMatch, int status)
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));
        string revision = (await bench.GetAsync($"{SystemBench.PathOf(1)}?_fields=_rev")).Json().GetProperty("_rev").GetString()!;
        List<(string, string)> headers = [];
        if (ifMatch is not null) headers.Add(("If-Match", ifMatch.Replace("REV", revision, StringComparison.Ordinal)));
        if (ifNoneMatch is not null) headers.Add(("If-None-Match", ifNoneMatch.Replace("REV", revision, StringComparison.Ordinal)));
        string body = method == "PATCH" ? """[{"operation":"replace","field":"/__phoneAuthenticationMethods__","value":["+1 2065550199:mobile"]}]""" : New;

        Answer answer = await bench.SendAsync(method, SystemBench.PathOf(1), body, [.. headers]);

        Assert.That(answer.Status, Is.EqualTo(status), answer.Body);
        Assert.That(bench.Writes, Is.EqualTo(status == 200 ? 1 : 0));
        if (status == 200) Assert.That(answer.Json().GetProperty("_rev").GetString(), Is.Not.EqualTo(revision));
    }

    [Test]
    public async Task The_strict_reading_answers_as_the_real_server()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1), """ "Strict": true """);
        Assert.That((await bench.PutAsync(SystemBench.PathOf(1), New, ("If-None-Match", "*"))).Body,
            Does.Contain("Create with client provided ID is not supported."));
        Assert.That((await bench.PutAsync(SystemBench.PathOf(1), New)).Body, Does.Contain("UPSERT"));
        Assert.That((await bench.PutAsync(SystemBench.PathOf(1), New, ("If-Match", "*"))).Status, Is.EqualTo(200));
    }

    [TestCase("""[{"operation":"add","field":"__phoneAuthenticationMethods__","value":["+1 2065550101:alternateMobile"]}]""",
        "+1 2065550100:MOBILE,+1 2065550101:ALTERNATE_MOBILE")]
    [TestCase("""[{"operation":"add","field":"/__phoneAuthenticationMethods__/-","value":"+1 2065550102:office"}]""",
        "+1 2065550100:MOBILE,+1 2065550102:OFFICE")]
    [TestCase("""[{"operation":"remove","field":"/__phoneAuthenticationMethods__","value":"+1 2065550100:mobile"}]""", "")]
    [TestCase("""[{"operation":"remove","field":"/__phoneAuthenticationMethods__"}]""", "")]
    [TestCase("""[{"operation":"remove","field":"/__phoneAuthenticationMethods__","value":"+1 2065559999:mobile"}]""", "+1 2065550100:MOBILE")]
    [TestCase("""[{"operation":"remove","field":"/__phoneAuthenticationMethods__","value":"+1 2065550100:mobile"},"""
        + """{"operation":"add","field":"/__phoneAuthenticationMethods__","value":"+1 2065550103:mobile"}]""", "+1 2065550103:MOBILE")]
    public async Task A_patch_is_one_change(string patch, string phones)
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));
        Answer answer = await bench.SendAsync("PATCH", SystemBench.PathOf(1), patch);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(string.Join(',', answer.List("__phoneAuthenticationMethods__")), Is.EqualTo(phones));
        Assert.That(bench.Writes, Is.LessThanOrEqualTo(1));
    }

    [TestCase("PUT")]
    [TestCase("POST")]
    public async Task A_dry_run_is_the_plan_and_touches_nothing(string method)
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(2));
        (string, string)[] over = method == "POST" ? [("X-HTTP-Method-Override", "PUT")] : [];
        foreach ((string query, (string, string)[] headers) in new (string, (string, string)[])[] { ("?_dryRun=true", []),
            ("", [("X-Dry-Run", "true")]), ("?_dryRun=true&_prettyPrint=true", []) })
        {
            Answer plan = await bench.SendAsync(method, SystemBench.PathOf(1) + query, New, [.. over, .. headers]);
            Assert.That(plan.Status, Is.EqualTo(200), plan.Body);
            Assert.That((plan.Json().GetProperty("kind").GetString(), plan.Json().GetProperty("masked").GetBoolean(),
                plan.Json().GetProperty("users")[0].GetProperty("operations")[0].GetProperty("action").GetString()), Is.EqualTo(("plan", true, "update")));
            Assert.That(plan.Body, Does.Not.Contain("2065550199").And.Not.Contain("2065550100"));
        }

        Answer page = await bench.SendAsync(method, $"{SystemBench.PathOf(1)}?_dryRun=true", New, [.. over, ("Accept", "text/html,*/*")]);
        Assert.That(page.Headers["Content-Type"], Does.StartWith("text/html"));
        Assert.That(page.Body, Does.StartWith("<!doctype html>"));
        Assert.That(page.Headers["Content-Security-Policy"], Does.Contain("script-src 'unsafe-inline'"));
        foreach (string wrong in (string[])["?_dryrn=true", "?_dryRun=yes", "?_dryRun=TRUE", "?dryRun=true",
            "?_dry_run=true", "?_pageSize=1"]) Assert.That((await bench.SendAsync(method, SystemBench.PathOf(1) + wrong, New, over)).Status,
                Is.EqualTo(400), wrong);
        foreach ((string, string) wrong in ((string, string)[])[("X-Dry-Run", "1"), ("X-Dry-Run", ""),
            ("X-DryRun", "true"), ("Dry-Run", "true"),
            ("X-Dry-Rn", "true")]) Assert.That((await bench.SendAsync(method, SystemBench.PathOf(1), New, [.. over, wrong])).Status, Is.EqualTo(400),
                wrong.Item1);
        foreach ((string query, string header) in ((string, string)[])[("?_dryRun=false", "true"),
            ("?_dryRun=true", "false")]) Assert.That((await bench.SendAsync(method, SystemBench.PathOf(1) + query, New, [.. over, ("X-Dry-Run", header)]))
                .Status,
                Is.EqualTo(400), query);
        Assert.That(await RawHttp.StatusAsync(bench.Rig, method, SystemBench.PathOf(1),
            [.. over, Rig.Bearer(bench.Key), ("X-Dry-Run", "false"), ("X-Dry-Run", "")],
            New), Is.EqualTo(400));
        Assert.That(bench.Writes, Is.Zero);
        Assert.That(await bench.Rig.Services.Shared.Store.SinglesAsync(false, default).CountAsync(), Is.Zero);
    }

    [TestCase("""{"__phoneAuthenticationMethod__":[]}""", 400, "Target does not support attribute __phoneAuthenticationMethod__",
        "__phoneAuthenticationMethods__")]
    [TestCase("""{"_phones":[]}""", 400, "Target does not support attribute _phones", "")]
    [TestCase("""{"displayName":"Other"}""", 400, "read only", "")]
    [TestCase("""{"_id":"somebody-else"}""", 400, "read only", "")]
    [TestCase("""{"__phoneAuthenticationMethods__":[1]}""", 400, "list of texts", "")]
    [TestCase("""{"__phoneAuthenticationMethods__":["+1 2065550100:fax"]}""", 400, "", "")]
    [TestCase("""{"__phoneAuthenticationMethods__":["+1 ••••••5555 #a7f3:mobile"]}""", 400, "", "")]
    [TestCase("""{"__emailAuthenticationMethod__":["a@b.org","c@d.org"]}""", 400, "one value", "")]
    [TestCase("""{"__emailAuthenticationMethod__":5}""", 400, "a text", "")]
    [TestCase("""{"__smsSignIn__":"maybe"}""", 400, "true or false", "")]
    [TestCase("""[]""", 400, "not a JSON object", "")]
    [TestCase("""{}{}""", 400, "", "")]
    [TestCase("""{"a":""", 400, "", "")]
    [TestCase("", 400, "did not contain any JSON", "")]
    public async Task A_body_that_cannot_be_meant_so_is_refused_and_writes_nothing(string body, int status, string says, string advice)
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));
        Answer answer = await bench.PutAsync(SystemBench.PathOf(1), body);
        Assert.That((answer.Status, answer.Json().GetProperty("code").GetInt32(), answer.Json().GetProperty("reason").GetString()),
            Is.EqualTo((status, status, "Bad Request")), answer.Body);
        Assert.That(answer.Body, Does.Contain(says).And.Contain(advice).And.Not.Contain("2065550100"));
        Assert.That(bench.Writes, Is.Zero);
    }

    [TestCase("GET", "/openidm/system/azuread/user", 400, "The resource collection system/azuread/user cannot be read")]
    [TestCase("GET", "/openidm/system/azuread/user/ID?_queryFilter=true", 400, "cannot be queried")]
    [TestCase("GET", "/openidm/system/azuread/user/nobody@contoso.com", 404, "Object nobody@contoso.com not found on system/azuread/user")]
    [TestCase("PUT", "/openidm/system/azuread/user/nobody@contoso.com", 404,
        "Operation UPDATE could not find resource nobody@contoso.com on system object: system/azuread/user")]
    [TestCase("PUT", "/openidm/system/azuread/user/99999999-0007-0007-0102-030405060708", 404, "Operation UPDATE could not find")]
    [TestCase("GET", "/openidm/system/elsewhere/user/ID", 404, "System: elsewhere is not available.")]
    [TestCase("GET", "/openidm/system/one/user/ID", 404, "System: one is not available.")]
    [TestCase("GET", "/openidm/system/azuread/group/ID", 404, "not found")]
    [TestCase("POST", "/openidm/system/azuread/user", 501, "Users are not made here")]
    [TestCase("POST", "/openidm/system/azuread/user?_action=create", 501, "Users are not made here")]
    [TestCase("DELETE", "/openidm/system/azuread/user/ID", 501, "Users are not deleted here")]
    [TestCase("PUT", "/openidm/system/azuread/user", 400, "cannot be updated")]
    [TestCase("POST", "/openidm/system/azuread/user/ID?_action=patch", 400, "not supported")]
    [TestCase("POST", "/openidm/system/azuread?_action=script&scriptId=x", 400, "")]
    [TestCase("POST", "/openidm/system?_action=createFullConfig", 400, "is not supported here")]
    [TestCase("POST", "/openidm/system?_action=tset", 400, "Did you mean &#39;test&#39;?")]
    [TestCase("GET", "/openidm/system/azuread/user?_queryId=other", 400, "Unsupported _queryId")]
    [TestCase("GET", "/openidm/system/azuread/user?_queryFilter=foo+eq+%22x%22", 400, "Target does not support attribute foo")]
    [TestCase("GET", "/openidm/system/azuread/user?_queryFilter=x+and+y", 400, "")]
    [TestCase("GET", "/openidm/system/azuread/user?_queryFilter=true&_sortKeys=mail", 400, "orders by")]
    [TestCase("GET", "/openidm/system/azuread/user?_queryFilter=true&_queryId=query-all-ids", 400, "exclude each other")]
    [TestCase("GET", "/openidm/system/azuread/user?_queryFilter=true&_pagedResultsCookie=bogus", 400, "cookie")]
    [TestCase("GET", "/openidm/system/azuread/user?_queryFilter=true&_pageSize=-1", 400, "negative")]
    [TestCase("HEAD", "/openidm/system/azuread/user/ID", 501, "")]
    public async Task What_is_not_possible_is_said_in_the_words_that_clients_know(string method, string path, int status, string says)
    {
        Answer answer = await Errors.SendAsync(method, path.Replace("ID", SystemBench.Id(1), StringComparison.Ordinal),
            method is "PUT" or "POST" ? "{}" : null);
        Assert.That(answer.Status, Is.EqualTo(status), answer.Body);
        if (method != "HEAD") Assert.That(System.Net.WebUtility.HtmlDecode(answer.Body), Does.Contain(System.Net.WebUtility.HtmlDecode(says)));
    }

    [TestCase("""{"__phoneAuthenticationMethods__":[]}""", Right.Phones)]
    [TestCase("""{"__preferredMethod__":"sms"}""", Right.Phones)]
    [TestCase("""{"__emailAuthenticationMethod__":"x@example.org"}""", Right.Email)]
    [TestCase("""{"__removeFido2Methods__":["f1"]}""", Right.Remove)]
    [TestCase("""{"__removeSoftwareOathMethods__":["o1"]}""", Right.Remove)]
    public async Task Each_attribute_takes_its_right(string body, Right right)
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));
        Right[] others = [.. Rights.All.Where(r => r != right)];
        KeyText without = await bench.Rig.KeyAsync("without", "azuread", null, others);
        KeyText with = await bench.Rig.KeyAsync("with", "azuread", null, right);
        Answer refused = await bench.SendAsync(without, "PUT", SystemBench.PathOf(1), body);
        Assert.That((refused.Status, refused.Code(), bench.Writes), Is.EqualTo((403, "rightMissing", 0)), refused.Body);
        Answer done = await bench.SendAsync(with, "PUT", SystemBench.PathOf(1), body);
        Assert.That(done.Status, Is.EqualTo(200), done.Body);
        Assert.That(done.Names(), Does.Not.Contain("displayName"), "it may not read");
    }

    [Test]
    public async Task A_method_that_the_user_does_not_have_is_named_in_the_answer()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));

        Answer absent = await bench.PutAsync(SystemBench.PathOf(1), """{"__removeFido2Methods__":["f9"]}""");
        Answer present = await bench.PutAsync(SystemBench.PathOf(1), """{"__removeFido2Methods__":["f1"]}""");

        Assert.That((absent.Status, absent.Headers["X-Diagnostics"]), Is.EqualTo((200, "methodNotThere")), absent.Body);
        Assert.That((present.Status, present.Headers.ContainsKey("X-Diagnostics"), bench.Writes), Is.EqualTo((200, false, 1)), present.Body);
    }

    [TestCase("Ping")]
    [TestCase("AsSent")]
    [TestCase("Canonical")]
    public async Task A_client_that_compares_pushes_nothing_twice(string spelling)
    {
        const string Fields = "?_fields=*,authenticationMethods,__phoneAuthenticationMethods__,__emailAuthenticationMethod__,__smsSignIn__";
        await using SystemBench bench = await SystemBench.StartAsync(
            $$""" "users": [ {{SystemBench.User(1, """ "mobile": "+1 2065550100", "office": "+1 2065550102x7" """)}}, """
            + $$"""{{SystemBench.User(2)}} ] """, $"\"PhoneSpelling\": \"{spelling}\"");
        foreach (string path in (string[])[SystemBench.PathOf(1), $"{SystemBench.Users}/u002@contoso.com"])
        {
            string sent = "+12065550150:office,+1 (206) 555-0151:mobile";
            Answer first = await bench.PutAsync(path + Fields,
                JsonSerializer.Serialize(new Dictionary<string, string[]> { ["__phoneAuthenticationMethods__"] = sent.Split(',') }));
            Assert.That(first.Status, Is.EqualTo(200), first.Body);
            long writes = bench.Writes;
            Answer read = await bench.GetAsync(path + Fields);
            Answer back = await bench.PutAsync(path + Fields, read.Body, ("If-Match", read.Headers["ETag"]));
            Assert.That((back.Status, bench.Writes), Is.EqualTo((200, writes)), back.Body);
            Assert.That(back.Body, Is.EqualTo(read.Body).And.EqualTo(first.Body));
            if (spelling == "AsSent") Assert.That(string.Join(',', read.List("__phoneAuthenticationMethods__")), Is.EqualTo(sent));
        }
    }

    private static SystemBench Errors { get; set; } = null!;

    [OneTimeSetUp]
    public static async Task StartAsync() => Errors = await SystemBench.StartAsync(SystemBench.Some(1));

    [OneTimeTearDown]
    public static async Task StopAsync() => await Errors.DisposeAsync();
}
