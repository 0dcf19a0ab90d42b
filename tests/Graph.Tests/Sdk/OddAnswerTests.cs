using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Changes;
using ProvisioningConnector.Graph.Readiness;
using ProvisioningConnector.Graph.Tests.Support;

namespace ProvisioningConnector.Graph.Tests.Sdk;

/// <summary>Answers of success that the SDK alone would take for an empty list, or for no answer: here each is unreadable, for every read.</summary>
public sealed class OddAnswerTests
{
    private static readonly string[] Bodies =
    [
        "", " ", "null", "[]", "7", "\"\"", "{}", """{"value":null}""", """{"value":{}}""", """{"value":"x"}""", """{"value":[null]}""", """{"value":[[]]}""",
        """{"value":["x"]}""", """{"value":[],"value":[]}""", """{"value":null,"value":[]}""", """{"value":[],"value":{}}""", """{"value":[]""",
        """{"value":[]}}""", """{"Value":[]}""", """{"values":[]}""", "<html></html>",
    ];

    /// <summary>Every list that is read, with what comes of it: null where it was read.</summary>
    private static readonly (string Name, Func<Rig, Task<ServiceError?>> Read)[] Lists =
    [
        ("methods", async rig => await rig.ReadOneAsync() is MethodsReading.Failed failed ? failed.Error : null),
        ("users", async rig => await ThrownAsync(async () => await DrainAsync(rig.Directory.PagesAsync(default)))),
        ("privileged", async rig => await rig.Directory.ReadPrivilegedAsync(default) is PrivilegedReading.Unreadable unreadable ? unreadable.Error : null),
        ("audit log", async rig => (await DrainAsync(new GraphChangeFeed(rig.Connection, rig.Time).ChangesAsync(default, default)))[0].Error),
        ("report for changes", async rig => (await DrainAsync(new GraphChangeFeed(rig.Connection, rig.Time).RegistrationsAsync(default)))[0].Error),
        ("tenant", async rig => (await Reader(rig).ReadTenantAsync(default)).TryGet(out _, out ServiceError? error) ? null : error),
        ("policy", async rig => (await Reader(rig).ReadPolicyAsync(default)).TryGet(out _, out ServiceError? error) ? null : error),
        ("access", async rig => (await Reader(rig).ReadRegistrationAccessAsync(default)).TryGet(out _, out ServiceError? error) ? null : error),
        ("strengths", async rig => (await Reader(rig).ReadPhoneStrengthsAsync(default)).TryGet(out _, out ServiceError? error) ? null : error),
        ("members", async rig => (await DrainAsync(Reader(rig).MembersAsync("g", default)))[0].Error),
        ("roles", async rig => (await DrainAsync(Reader(rig).RolesAsync(default)))[0].Error),
        ("eligible roles", async rig => (await DrainAsync(Reader(rig).EligibleRolesAsync(default)))[0].Error),
        ("report for readiness", async rig => (await DrainAsync(Reader(rig).RegistrationsAsync(default)))[0].Error),
        ("people", async rig => await ThrownAsync(async () => await DrainAsync(Reader(rig).PeopleAsync(false, default)))),
    ];

    private static IEnumerable<string> Names => Lists.Select(list => list.Name);

    [Test]
    public async Task A_list_that_is_none_is_unreadable_and_never_empty([ValueSource(nameof(Names))] string list, [ValueSource(nameof(Bodies))] string body)
    {
        Assert.That(await ReadAsync(list, 200, body), Is.EqualTo(ErrorKind.UnreadableAnswer));
    }

    [Test]
    public async Task A_success_without_an_answer_is_unreadable_and_never_empty([ValueSource(nameof(Names))] string list, [Values(200, 204, 304)] int status)
    {
        Assert.That(await ReadAsync(list, status, ""), Is.EqualTo(ErrorKind.UnreadableAnswer));
    }

    [Test]
    public async Task A_second_list_in_an_item_of_a_batch_is_unreadable()
    {
        const string Twice = """{"value":[{"@odata.type":"#microsoft.graph.fido2AuthenticationMethod","id":"f1"}],"value":[]}""";
        using Rig rig = new(new StubGraph((seen, _) => StubGraph.Json(200, seen.Method == "POST"
            ? $$$"""{"responses":[{"id":"1","status":200,"body":{{{Twice}}}},{"id":"2","status":200,"body":{"value":[]}}]}""" : Twice)));

        MethodsReading[] readings = [.. await rig.Reader.ReadAsync([new UserRead("a"), new UserRead("b")], default)];

        Assert.That(readings[0], Is.InstanceOf<MethodsReading.Failed>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.UnreadableAnswer));
        Assert.That(readings[1], Is.InstanceOf<MethodsReading.Complete>());
    }

    private static GraphReadinessReader Reader(Rig rig) => new(rig.Connection);

    private static async Task<ErrorKind?> ReadAsync(string list, int status, string body)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(status, body)));
        return (await Lists.Single(l => l.Name == list).Read(rig))?.Kind;
    }

    private static async Task<ServiceError?> ThrownAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (TenantException e)
        {
            return e.Error;
        }
    }

    private static async Task<List<T>> DrainAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> all = [];
        await foreach (T item in items) all.Add(item);
        return all;
    }
}
