using System.Net;
using System.Text.Json;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Tests.Recon;

/// <summary>What frodo and OpenIDM's admin UI send, and what they read in the answers (docs/openidm.md#configuration, docs/openidm.md#audit).</summary>
public sealed class ToolCallsTests
{
    private static readonly string User = $"system/one/user/{new Guid(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 9])}";

    private static readonly object?[][] Frodo =
    [
        ["POST", "system?_action=testConnectorServers", null, 200, "\"openicf\":[{\"name\":"],
        ["POST", "system?_action=test", null, 200, "\"name\":\"one\""],
        ["POST", "system/one?_action=test", null, 200, "\"ok\":true"],
        ["POST", "system/one?_action=script&scriptId=x&scriptExecuteMode=resource", null, 400, "Action 'script' is not supported here."],
        ["POST", "system/one/user?_action=authenticate", """{"username":"a","password":"b"}""", 400, "Action 'authenticate' is not supported here."],
        ["POST", "system/one/user?_action=authenticate&username=a&password=b", null, 400, "Action 'authenticate' is not supported here."],
        ["GET", "system/one/user?_queryId=query-all-ids&_pageSize=1000&_totalPagedResultsPolicy=EXACT", null, 200,
            "\"totalPagedResultsPolicy\":\"EXACT\",\"totalPagedResults\":300"],
        ["GET", "system/one/user?_queryFilter=true&_pageSize=1000&_totalPagedResultsPolicy=EXACT&_fields=*", null, 200, "\"resultCount\":300"],
        ["GET", "system/one/user?_queryFilter=true&_pageSize=10&_totalPagedResultsPolicy=EXACT", null, 200, "\"totalPagedResultsPolicy\":\"NONE\""],
        ["GET", "system/one/user?_queryFilter=true&_countOnly=true", null, 200, "{\"resultCount\":300}"],
        ["GET", "system/one/user?_queryFilter=userPrincipalName+eq+\"user01@contoso.com\"&_countOnly=true", null, 200, "{\"resultCount\":1}"],
        ["GET", "system/one/user?_queryFilter=true&_countOnly=yes", null, 400, "_countOnly"],
        ["GET", User + "?_fields=*", null, 200, "\"userPrincipalName\":\"user01@contoso.com\""],
        ["PUT", User, "{}", 200, "\"_id\""],
        ["PATCH", User, "[]", 200, "\"_id\""],
        ["POST", "system/one/user?_action=create", "{}", 501, "Users are not made here"],
        ["DELETE", User, null, 501, "Users are not deleted here"],
        ["GET", "recon", null, 200, "\"reconciliations\":["],
        ["POST", "recon?_action=recon&mapping=hrToEntra", null, 200, "\"state\":\"ACTIVE\""],
        ["POST", "recon?_action=reconById&mapping=hrToEntra&id=user01@contoso.com&waitForCompletion=true", null, 200, "\"state\":\"SUCCESS\""],
        ["POST", "recon?_action=recn&mapping=hrToEntra&x=1", null, 400, "Action 'recn' is not supported here."],
        ["GET", "config", null, 200, "{\"_id\":\"sync\",\"pid\":\"sync\",\"factoryPid\":null}"],
        ["GET", "config?_queryFilter=_id+sw+'provisioner'", null, 200, "\"_id\":\"provisioner.openicf/one\""],
        ["GET", "config?_queryFilter=_id+sw+'managed'", null, 200, "\"resultCount\":0"],
        ["GET", "config/sync", null, 200, "\"name\":\"hrToEntra\""],
        ["GET", "config/provisioner.openicf/one", null, 200, "\"objectTypes\""],
        ["GET", "config/managed", null, 404, "not found"],
        ["PUT", "config/sync", "{}", 403, "read only here"],
        ["POST", "config?_action=create", "{}", 403, "read only here"],
        ["GET", "info/version", null, 200, "\"productVersion\":\""],
    ];

    [TestCaseSource(nameof(Frodo))]
    public async Task Frodo_is_answered(string method, string path, string? body, int status, string says)
    {
        await using ReconRig rig = await ReconRig.StartAsync();

        Reply reply = await rig.SendAsync(method, path, body);

        Assert.That((reply.Status, WebUtility.HtmlDecode(reply.Body)), Is.EqualTo((status, WebUtility.HtmlDecode(reply.Body))), reply.Body);
        Assert.That(WebUtility.HtmlDecode(reply.Body), Does.Contain(says));
    }

    [Test]
    public async Task The_admin_UI_finds_its_mapping_runs_it_and_fills_its_grid()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        rig.People(3, "nobody@contoso.com,+1 2065550190,\n");
        JsonElement mapping = (await rig.GetAsync("config/sync")).Json.GetProperty("mappings")[0];
        (string source, string target) = (mapping.GetProperty("source").GetString() ?? "", mapping.GetProperty("target").GetString() ?? "");
        string id = (await rig.PostAsync($"recon?_action=recon&mapping={mapping.GetProperty("name").GetString()}")).Text("_id");
        Reply ended = await rig.UntilAsync(id, s => s.GetProperty("ended").GetString() != "");
        JsonElement[] all = await EventsAsync($"audit/recon?_queryFilter=reconId eq \"{id}\"");
        JsonElement[] entries = await EventsAsync($"audit/recon?_queryFilter=reconId eq \"{id}\" and entryType eq \"entry\" and situation eq \"FOUND\"");

        Assert.That((source, target), Is.EqualTo(("source/hr", "system/one/user")));
        Assert.That(all.Select(e => e.GetProperty("entryType").GetString()), Is.EqualTo(new[] { "start", "entry", "entry", "entry", "entry", "summary" }));
        Assert.That(entries.Select(e => (e.GetProperty("sourceObjectId").GetString(), e.GetProperty("status").GetString())),
            Is.EqualTo(Enumerable.Range(0, 3).Select(i => ($"{source}/{ReconRig.Upn(i)}", "SUCCESS"))));
        Assert.That((await rig.GetAsync(entries[0].GetProperty("targetObjectId").GetString() ?? "")).Status, Is.EqualTo(200), "the grid reads each target");
        Assert.That(await EventsAsync($"repo/audit/recon?_queryFilter=reconId eq \"{id}\" and !(entryType eq \"summary\") and timestamp gt "
            + $"\"{ended.Text("ended")}\""), Is.Empty, "no new links");
        Assert.That(await EventsAsync($"audit/recon?_queryFilter=reconId eq \"{id}\" and sourceObjectId eq \"{source}/nobody@contoso.com\""),
            Has.Length.EqualTo(1));
        Assert.That((await rig.GetAsync($"audit/recon?_queryFilter=reconId eq \"{id}\"&_countOnly=true")).Body, Is.EqualTo("{\"resultCount\":6}"));
        Reply page = await rig.GetAsync($"audit/recon?_queryFilter=reconId eq \"{id}\"&_pageSize=2&_totalPagedResultsPolicy=EXACT");
        Assert.That((page.Json.GetProperty("resultCount").GetInt32(), page.Json.GetProperty("totalPagedResults").GetInt32()), Is.EqualTo((2, 6)));
        foreach (string action in (string[])["availableConnectors", "test"])
        {
            Assert.That((await rig.PostAsync($"system?_action={action}")).Status, Is.EqualTo(200));
        }

        async Task<JsonElement[]> EventsAsync(string path) => [.. (await rig.GetAsync(path)).Json.GetProperty("result").EnumerateArray()];
    }

    [Test]
    public async Task Who_may_not_read_sees_no_mapping_no_event_and_no_number()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        string id = (await rig.RunAsync("&analyze=true")).Text("_id");
        KeyText masked = await rig.KeyAsync("one", Right.Read), other = await rig.KeyAsync("two", Right.Read);
        string events = $"audit/recon?_queryFilter=reconId eq \"{id}\"";

        Assert.That((await rig.GetAsync(events, other)).Text("resultCount"), Is.EqualTo("0"));
        Assert.That((await rig.GetAsync("audit/recon?_queryFilter=reconId eq \"a1\"", other)).Text("resultCount"), Is.EqualTo("0"), "as of none");
        Assert.That((await rig.GetAsync("config/sync", other)).Body, Does.Contain("hrToTwo").And.Not.Contain("hrToEntra"));
        Assert.That((await rig.GetAsync("config?_queryFilter=true", other)).Body, Does.Not.Contain("provisioner.openicf/one"));
        Assert.That((await rig.GetAsync(events, masked)).Body, Does.Not.Contain("20655501"));
        Assert.That((await rig.GetAsync("audit/recon?_queryFilter=true")).Status, Is.EqualTo(400));
        Assert.That((await rig.GetAsync($"{events} and recnId pr")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Several_rows_are_reconciled_and_those_that_are_not_there_are_counted()
    {
        await using ReconRig rig = await ReconRig.StartAsync();
        Reply both = await rig.PostAsync($"recon?_action=reconById&mapping=hrToEntra&ids={ReconRig.Upn(0)},{ReconRig.Upn(2)}&waitForCompletion=true");
        Reply status = await rig.GetAsync($"recon/{both.Text("_id")}");
        Reply some = await rig.PostAsync($"recon?_action=reconById&mapping=hrToEntra&ids={ReconRig.Upn(3)}&ids=gone@contoso.com&waitForCompletion=true");
        Reply none = await rig.PostAsync("recon?_action=reconById&mapping=hrToEntra&ids=a@contoso.com,b@contoso.com&waitForCompletion=true");

        Assert.That((both.Text("state"), rig.Writes), Is.EqualTo(("SUCCESS", 3)));
        Assert.That(status.Json.GetProperty("parameters").GetProperty("sourceIds").EnumerateArray().Select(i => i.GetString()),
            Is.EqualTo(new[] { ReconRig.Upn(0), ReconRig.Upn(2) }));
        Assert.That((some.Text("state"), some.Text("message")), Is.EqualTo(("SUCCESS", "1 of the 2 ids are in no row of the source.")));
        Assert.That((none.Text("state"), none.Text("message")), Is.EqualTo(("FAILED", none.Text("message"))));
        Assert.That(none.Text("message"), Does.Contain("no row for these ids"));
    }

    [TestCase("recon/x?_prettyPrint=true", 404)]
    [TestCase("nothing?_prettyPrint=true", 404)]
    [TestCase("system/one/user?_queryFilter=x&_prettyPrint=TRUE", 400)]
    [TestCase("audit/recon?_queryFilter=true&_prettyprint=true", 400)]
    public async Task Errors_are_indented_where_that_is_asked_for(string path, int status)
    {
        await using ReconRig rig = await ReconRig.StartAsync();

        Reply reply = await rig.GetAsync(path);

        Assert.That((reply.Status, reply.Body[..4]), Is.EqualTo((status, "{\n  ")), reply.Body);
        Assert.That((await rig.GetAsync(path.Replace("rue", "ru", StringComparison.Ordinal).Replace("RUE", "ru", StringComparison.Ordinal))).Body,
            Does.StartWith("{\"code\""));
    }
}
