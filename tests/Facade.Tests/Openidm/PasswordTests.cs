using System.Text.Json;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Sandbox.Faults;

namespace ProvisioningConnector.Facade.Tests.Openidm;

/// <summary><c>__PASSWORD__</c> as Ping's connector has it: written by those who may, never read back, never kept.</summary>
public sealed class PasswordTests
{
    private const string Marker = "Zq9!MARKER-given";
    private const string Put = $$"""{"__PASSWORD__":"{{Marker}}"}""";
    private static readonly string Me = SystemBench.PathOf(1);

    [TestCase("PUT", Put)]
    [TestCase("PUT", $$"""{"__password__":["{{Marker}}"]}""")]
    [TestCase("PATCH", $$"""[{"operation":"replace","field":"/__PASSWORD__","value":"{{Marker}}"}]""")]
    [TestCase("PATCH", $$"""[{"operation":"add","field":"/__PASSWORD__","value":"{{Marker}}"}]""")]
    public async Task A_password_is_set_and_stands_nowhere(string method, string body)
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));
        KeyText key = await KeyAsync(bench, Right.Password, Right.Read);

        Answer answer = await bench.SendAsync(key, method, $"{Me}?_fields=*,__PASSWORD__", body);
        Answer plan = await bench.SendAsync(await KeyAsync(bench, Right.Plan), method, $"{Me}?_dryRun=true", body);
        Answer read = await bench.GetAsync($"{Me}?_fields=*,__PASSWORD__");

        Assert.That((answer.Status, plan.Status, bench.Writes), Is.EqualTo((200, 200, 1)), answer.Body + plan.Body);
        Assert.That(bench.Sandbox.Journal.AppliedWrites.Single().Kind, Is.EqualTo("user.update"));
        Assert.That(plan.Body, Does.Contain("\"action\":\"reset\"").And.Contain("passwordProfile"));
        Assert.That(answer.Names().Concat(read.Names()), Does.Not.Contain("__PASSWORD__"));
        Assert.That(answer.Body + plan.Body + read.Body + bench.Rig.Log + await bench.Rig.DiskAsync(), Does.Not.Contain("MARKER"));
    }

    [Test]
    public async Task A_password_and_phones_are_one_change()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));
        KeyText key = await KeyAsync(bench, Right.Password, Right.Phones, Right.Read);

        Answer answer = await bench.SendAsync(
            key, "PUT", Me, $$"""{"__PASSWORD__":"{{Marker}}","__phoneAuthenticationMethods__":["+1 2065550199:mobile"]}""");

        Assert.That((answer.Status, bench.Writes), Is.EqualTo((200, 2)), answer.Body);
        Assert.That(answer.List("__phoneAuthenticationMethods__"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task It_takes_the_right_and_every_other_right_is_not_enough()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));

        Answer barred = await bench.SendAsync(await KeyAsync(bench, [.. Rights.All.Except([Right.Password])]), "PUT", Me, Put);
        Answer phones = await bench.SendAsync(await KeyAsync(bench, Right.Password), "PUT", Me,
            """{"__phoneAuthenticationMethods__":["+1 2065550199:mobile"]}""");

        Assert.That((barred.Status, barred.Code(), phones.Status, bench.Writes), Is.EqualTo((403, "rightMissing", 403, 0)), barred.Body);
        Assert.That(barred.Body + bench.Rig.Log + await bench.Rig.DiskAsync(), Does.Not.Contain("MARKER"));
    }

    [TestCase("PUT", """{"__PASSWORD__":null}""")]
    [TestCase("PUT", """{"__PASSWORD__":[]}""")]
    [TestCase("PUT", """{"__PASSWORD__":""}""")]
    [TestCase("PUT", """{"__PASSWORD__":12345678}""")]
    [TestCase("PUT", """{"__PASSWORD__":{"$crypto":{"value":"MARKER"}}}""")]
    [TestCase("PUT", """{"__PASSWORD__":"MARKER\nMARKER"}""")]
    [TestCase("PUT", """{"__PASSWORD__":["MARKER-1","MARKER-2"]}""")]
    [TestCase("PUT", """{"__PASSWORD__":"MARKER-1","__password__":"MARKER-2"}""")]
    [TestCase("PUT", """{"__PASWORD__":"MARKER"}""")]
    [TestCase("PATCH", """[{"operation":"remove","field":"/__PASSWORD__"}]""")]
    [TestCase("PATCH", """[{"operation":"remove","field":"/__PASSWORD__","value":"MARKER"}]""")]
    [TestCase("PATCH", """[{"operation":"increment","field":"/__PASSWORD__","value":"MARKER"}]""")]
    [TestCase("PATCH", """[{"operation":"replace","field":"/__PASSWORD__/MARKER","value":"MARKER"}]""")]
    public async Task What_cannot_be_a_password_is_refused_and_not_repeated(string method, string body)
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));

        Answer answer = await bench.SendAsync(await KeyAsync(bench, [.. Rights.All]), method, Me, body);

        Assert.That((answer.Status, bench.Writes), Is.EqualTo((400, 0)), answer.Body);
        if (!body.Contains("/MARKER", StringComparison.Ordinal)) Assert.That(answer.Body, Does.Not.Contain("MARKER"));
        Assert.That(bench.Rig.Log + await bench.Rig.DiskAsync(), Does.Not.Contain("MARKER"));
    }

    [Test]
    public async Task What_the_service_says_of_it_is_hidden()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));
        bench.Sandbox.Faults = FaultPlan.Parse($$$"""
            { "rules": [ { "match": { "kind": "user.update" }, "count": 9, "every": 1,
              "then": { "answer": { "status": 400, "code": "Request_BadRequest", "message": "The password '{{{Marker}}}' does not comply." } } } ] }
            """);

        Answer answer = await bench.SendAsync(await KeyAsync(bench, [.. Rights.All]), "PUT", Me, Put);

        Assert.That(answer.Status, Is.GreaterThanOrEqualTo(400));
        Assert.That(answer.Body + bench.Rig.Log + await bench.Rig.DiskAsync(), Does.Not.Contain("MARKER"));
    }

    [Test]
    public async Task The_schema_says_that_it_is_only_written()
    {
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(1));

        JsonElement attribute = (await bench.GetAsync("/openidm/config/provisioner.openicf/azuread")).Json()
            .GetProperty("objectTypes").GetProperty("user").GetProperty("properties").GetProperty("__PASSWORD__");

        Assert.That((attribute.GetProperty("type").GetString(), attribute.GetProperty("nativeType").GetString()),
            Is.EqualTo(("string", "JAVA_TYPE_GUARDEDSTRING")));
        Assert.That(attribute.GetProperty("flags").EnumerateArray().Select(f => f.GetString()), Does.Contain("NOT_READABLE"));
    }

    private static Task<KeyText> KeyAsync(SystemBench bench, params Right[] rights) =>
        bench.Rig.KeyAsync(FormattableString.Invariant($"key-{rights.Length}-{rights[0]}"), "azuread", null, rights);
}
