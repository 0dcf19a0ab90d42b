using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Telemetry;
using ProvisioningConnector.Sandbox.Faults;

namespace ProvisioningConnector.Facade.Tests.Openidm;

/// <summary>Actions on systems, the schema, and that callers see only their own tenants.</summary>
[NonParallelizable]
public sealed class ActionTests
{
    [Test]
    public async Task A_test_reports_of_each_tenant_that_the_caller_sees_and_of_no_other()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));
        Answer all = await bench.SendAsync("POST", "/openidm/system?_action=test", null);
        Answer one = await bench.SendAsync("POST", "/openidm/system/azuread?_action=test", null);
        Assert.That(all.Status, Is.EqualTo(200), all.Body);
        Assert.That(all.Json().EnumerateArray().Select(t => (t.GetProperty("name").GetString(), t.GetProperty("ok").GetBoolean())),
            Is.EqualTo(new[] { ("azuread", true) }));
        Assert.That(one.Names(), Is.EqualTo(new[] { "name", "enabled", "config", "connectorRef", "displayName", "objectTypes", "ok" }));
        Assert.That((await bench.SendAsync("POST", "/openidm/system/one?_action=test", null)).Body, Does.Contain("System: one is not available."));
        bench.Sandbox.Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "kind": "users.list" }, "then": { "answer": { "status": 403,"""
            + """ "code": "Authorization_RequestDenied" } } } ] }""");
        Answer down = await bench.SendAsync("POST", "/openidm/system/azuread?_action=test", null);
        Assert.That((down.Status, down.Json().GetProperty("ok").GetBoolean(), down.Json().GetProperty("error").GetString()),
            Is.EqualTo((200, false, down.Json().GetProperty("error").GetString())));
        Assert.That(down.Json().GetProperty("error").GetString(), Is.Not.Empty);
    }

    [Test]
    public async Task Connectors_servers_and_the_schema_are_reported_as_clients_read_them()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));
        Assert.That((await bench.SendAsync("POST", "/openidm/system?_action=availableConnectors", null)).Json()
            .GetProperty("connectorRef")[0].GetProperty("systemType").GetString(), Is.EqualTo("provisioner.openicf"));
        Assert.That((await bench.SendAsync("POST", "/openidm/system?_action=testConnectorServers", null)).Json()
            .GetProperty("openicf")[0].GetProperty("ok").GetBoolean(), Is.True);
        JsonElement user = (await bench.GetAsync("/openidm/config/provisioner.openicf/azuread")).Json()
            .GetProperty("objectTypes").GetProperty("user").GetProperty("properties");
        Assert.That(user.GetProperty("__phoneAuthenticationMethods__").GetProperty("type").GetString(), Is.EqualTo("array"));
        Assert.That(user.GetProperty("__removeFido2Methods__").GetProperty("flags").EnumerateArray().Select(f => f.GetString()),
            Does.Contain("NOT_READABLE").And.Contain("MULTIVALUED"));
        Assert.That((await bench.GetAsync("/openidm/config/provisioner.openicf/one")).Status, Is.EqualTo(404));
        Assert.That((await bench.PutAsync("/openidm/config/provisioner.openicf/azuread", "{}")).Status, Is.EqualTo(403));
        Assert.That((await bench.GetAsync("/openidm/config/provisioner.openicf/azuread")).Body, Does.Not.Contain("opaque"));
    }

    [TestCase("/openidm/system?_action=liveSync&source=system/azuread/user&detailedFailure=true")]
    [TestCase("/openidm/system/azuread/user?_action=liveSync")]
    [TestCase("/openidm/system/azuread/user/?_action=activeSync")]
    public async Task LiveSync_keeps_its_token_and_reports_each_change_once(string path)
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(3));
        Answer first = await bench.SendAsync("POST", path, null);
        Assert.That(first.Status, Is.EqualTo(200), first.Body);
        Assert.That((first.Json().GetProperty("_id").GetString(), first.Json().GetProperty("connectorData").GetProperty("nativeType").GetString(),
            first.Json().GetProperty("changes").GetArrayLength()), Is.EqualTo(("SYSTEMAZUREADUSER", "string", 0)));
        await bench.PutAsync(SystemBench.PathOf(2), """{"__phoneAuthenticationMethods__":["+1 2065550111:mobile"]}""");
        Answer second = await bench.SendAsync("POST", path, null);
        Answer third = await bench.SendAsync("POST", path, null);
        Assert.That(second.Json().GetProperty("changes").EnumerateArray().Select(c => (c.GetProperty("_id").GetString(), c.GetProperty("type").GetString())),
            Is.EqualTo(new[] { (SystemBench.Id(2), "CREATE_OR_UPDATE") }), second.Body);
        Assert.That(third.Json().GetProperty("changes").GetArrayLength(), Is.Zero);
        Assert.That(third.Json().GetProperty("connectorData").GetRawText(),
            Is.EqualTo(second.Json().GetProperty("connectorData").GetRawText()).And.Not.EqualTo(first.Json().GetProperty("connectorData").GetRawText()));
        Assert.That((await bench.SendAsync("POST", "/openidm/system?_action=liveSync&source=system/one/user", null)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Changes_are_counted_by_situation_and_outcome()
    {
        ConcurrentBag<string> counted = [];
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(2));
        using MeterListener meters = new()
        {
            InstrumentPublished = (instrument,
            listener) =>
            { if (instrument.Meter.Name == Figures.Name) listener.EnableMeasurementEvents(instrument); }
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, tags,
            _) => counted.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(t => t.Value))}"));
        meters.Start();
        foreach (int _ in (int[])[1, 2]) await bench.PutAsync(SystemBench.PathOf(1), """{"__phoneAuthenticationMethods__":["+1 2065550111:mobile"]}""");
        Assert.That(counted.Where(c => c.Contains("azuread", StringComparison.Ordinal)),
            Is.EquivalentTo(new[] { "provision.users azuread changed", "provision.operations azuread done", "provision.users azuread equal" }));
    }

    [Test]
    public async Task Nothing_of_another_tenant_can_be_reached_with_a_key()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));
        KeyText other = await bench.Rig.KeyAsync("other", "one", null, [.. Rights.All]);
        foreach (string path in (string[])[SystemBench.PathOf(1), $"{SystemBench.Users}?_queryFilter=true",
            "/openidm/config/provisioner.openicf/azuread"]) Assert.That((await bench.SendAsync(other, "GET", path)).Status, Is.EqualTo(404), path);
        foreach (string path in (string[])["/openidm/system/azuread?_action=test", "/openidm/system/azuread?_action=approve",
            "/openidm/system/azuread/user?_action=liveSync",
            "/openidm/system?_action=liveSync&source=system/azuread/user"]) Assert.That((await bench.SendAsync(other, "POST", path)).Status,
                Is.EqualTo(404), path);
        Assert.That((await bench.SendAsync(other, "POST", "/openidm/system?_action=test")).Body, Does.Not.Contain("azuread"));
        Assert.That(bench.Sandbox.Journal.Total, Is.Zero);
    }
}
