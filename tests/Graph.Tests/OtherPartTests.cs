using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Tests.Support;

namespace ProvisioningConnector.Graph.Tests;

/// <summary>What something else answers for a part of a reading: an item of a batch, a group among several.</summary>
public class OtherPartTests
{
    [Test]
    public async Task An_item_of_a_batch_that_something_else_answered_is_read_alone(
        [Values(400, 401, 403, 404, 410, 429, 451, 503)] int status,
        [Values("""{"message":"no route"}""", """{"error":"x"}""", """{"error":{"code":""}}""", "\"PGh0bWw+\"", "\"<html>\"", "[]", "null")] string body)
    {
        StubGraph stub = new((seen, _) => seen.Method == "POST"
            ? StubGraph.Json(200, $$$"""{"responses":[{"id":"1","status":{{{status}}},"body":{{{body}}}},{"id":"2","status":200,"body":{"value":[]}}]}""")
            : StubGraph.Json(200, Rig.Phones("+1 2065550100")));
        using Rig rig = new(stub);
        ImmutableArray<MethodsReading> readings = await rig.Reader.ReadAsync([new("a"), new("b")], default);
        Assert.That(readings, Is.All.InstanceOf<MethodsReading.Complete>());
        Assert.That(stub.Seen, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Members_of_a_group_that_something_else_answers_for_are_not_taken_for_none()
    {
        StubGraph stub = new((seen, _) => seen.Path.Contains("roleAssignments", StringComparison.Ordinal)
            ? StubGraph.Json(200, """{"value":[{"principalId":"g","principal":{"@odata.type":"#microsoft.graph.group","id":"g"}}]}""")
            : StubGraph.Json(404, "<!DOCTYPE html><html><body>x</body></html>"));
        using Rig rig = new(stub);
        Assert.That(await rig.Directory.ReadPrivilegedAsync(default), Is.InstanceOf<PrivilegedReading.Unreadable>());
    }

    [TestCase(403)]
    [TestCase(404)]
    [TestCase(200)]
    public async Task Roles_that_something_else_answers_for_are_unreadable_and_the_report_does_not_stand_in(int status)
    {
        StubGraph stub = new((seen, _) => seen.Path.Contains("userRegistrationDetails", StringComparison.Ordinal)
            ? StubGraph.Json(200, """{"value":[{"id":"a","isAdmin":true}]}""")
            : StubGraph.Json(status, "<!DOCTYPE html><html><body>x</body></html>"));
        using Rig rig = new(stub);
        Assert.That(await rig.Directory.ReadPrivilegedAsync(default), Is.InstanceOf<PrivilegedReading.Unreadable>());
    }
}
