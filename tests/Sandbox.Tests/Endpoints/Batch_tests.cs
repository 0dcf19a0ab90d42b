using System.Text.Json;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Endpoints;

/// <summary>docs/graph.md#batches.</summary>
public sealed class Batch_tests
{
    private Stage _stage = null!;
    private int _users;

    [OneTimeSetUp]
    public async Task Open() => _stage = await Stage.Open();

    [OneTimeTearDown]
    public async Task Close() => await _stage.DisposeAsync();

    private SandboxUser Someone(string? mobile = null, string? alternate = null) => _stage.Add("b" + Interlocked.Increment(ref _users), mobile, alternate);

    private static string Item(string id, string method, string url, string? body = null, string? on = null, bool contentType = true) =>
        $"{{\"id\":\"{id}\",\"method\":\"{method}\",\"url\":\"{url}\"{(body is null ? "" : $",\"body\":{body}")}"
        + (body is not null && contentType ? ",\"headers\":{\"Content-Type\":\"application/json\"}" : "")
        + (on is null ? "}" : $",\"dependsOn\":[\"{on}\"]}}");

    private static string Phone(string type) => $$"""{"phoneNumber":"+1 2065550100","phoneType":"{{type}}"}""";

    private Task<Reply> Send(params string[] items) => _stage.Client.Post("/v1.0/$batch", $$"""{"requests":[{{string.Join(',', items)}}]}""");

    private static Dictionary<string, JsonElement> ById(Reply reply) =>
        reply.Json.GetProperty("responses").EnumerateArray().ToDictionary(r => r.GetProperty("id").GetString()!);

    [Test]
    public async Task Twenty_users_are_read_at_once_each_with_their_own_status_in_any_order()
    {
        List<SandboxUser> users = Enumerable.Range(0, 19).Select(_ => Someone("+1 2065550100")).ToList();
        IEnumerable<string> items = users.Select((u, i) => Item(i.ToString(), "GET", $"/users/{u.Id}/authentication/methods"))
            .Append(Item("gone", "GET", "users/nobody@contoso.com/authentication/methods"));
        Reply reply = await Send([.. items]);
        Dictionary<string, JsonElement> answers = ById(reply);
        Assert.That(reply.Status, Is.EqualTo(200));
        Assert.That(answers, Has.Count.EqualTo(20));
        Assert.That(answers["gone"].GetProperty("status").GetInt32(), Is.EqualTo(404));
        Assert.That(answers["7"].GetProperty("body").GetProperty("value").GetArrayLength(), Is.EqualTo(2));
        Assert.That(reply.Json.GetProperty("responses").EnumerateArray().Select(r => r.GetProperty("id").GetString()), Is.Not.Ordered, "the order is shuffled");
    }

    [Test]
    public async Task A_chain_is_done_in_order_and_stops_at_the_first_failure_with_424()
    {
        SandboxUser user = Someone();
        string phones = $"/users/{user.Id}/authentication/phoneMethods";
        Dictionary<string, JsonElement> answers = ById(await Send(
            Item("1", "POST", phones, Phone("mobile")),
            Item("2", "POST", phones, Phone("mobile"), "1"),
            Item("3", "POST", phones, Phone("office"), "2")));
        Assert.That(new[] { "1", "2", "3" }.Select(id => answers[id].GetProperty("status").GetInt32()), Is.EqualTo(new[] { 201, 400, 424 }));
        Assert.That(user.Office, Is.Null);
    }

    private static IEnumerable<TestCaseData> Malformed()
    {
        Func<string, string?, string> get = (string id, string? on) => Item(id, "GET", "/users", on: on);
        yield return new TestCaseData(Enumerable.Range(0, 21).Select(i => get(i.ToString(), null)).ToArray(),
            "maximum value of 20").SetArgDisplayNames("more than 20 items");
        yield return new TestCaseData(new[] { get("a", null), get("A", null) }, "unique").SetArgDisplayNames("ids that differ in case only");
        yield return new TestCaseData(new[] { get("1", null), get("2", "1"), get("3", null) },
            "fully sequential or fully parallel").SetArgDisplayNames("a mixed shape");
        yield return new TestCaseData(new[] { get("1", "2"), get("2", null) }, "Invalid dependency").SetArgDisplayNames("a dependency that comes later");
        yield return new TestCaseData(new[] { Item("1", "POST", "/users/x", "{}", contentType: false) },
            "Content-Type").SetArgDisplayNames("a body without Content-Type");
        yield return new TestCaseData(new[] { Item("1", "POST", "/users/x") }, "Content-Type").SetArgDisplayNames("a POST without body");
        yield return new TestCaseData(new[] { Item("1", "GET", "https://graph.microsoft.com/v1.0/users") }, "relative").SetArgDisplayNames("an absolute url");
        yield return new TestCaseData(Array.Empty<string>(), "payload").SetArgDisplayNames("no item");
    }

    [TestCaseSource(nameof(Malformed))]
    public async Task A_malformed_batch_is_refused_as_a_whole(string[] items, string message)
    {
        Reply reply = await Send(items);
        Assert.That((reply.Status, reply.ErrorCode), Is.EqualTo((400, "BadRequest")));
        Assert.That(reply.Message, Does.Contain(message));
    }

    [Test]
    public async Task All_items_have_the_version_of_the_batch()
    {
        SandboxUser user = Someone();
        string url = $"/users/{user.Id}/authentication/signInPreferences";
        Assert.That(ById(await Send(Item("1", "GET", url)))["1"].GetProperty("status").GetInt32(), Is.EqualTo(400));
        Reply beta = await _stage.Client.Post("/beta/$batch", $$"""{"requests":[{{Item("1", "GET", url)}}]}""");
        Assert.That(ById(beta)["1"].GetProperty("status").GetInt32(), Is.EqualTo(200));
    }

    [Test]
    public async Task Parallel_writes_of_one_user_may_be_lost_where_the_settings_say_so()
    {
        await using Stage stage = await Stage.Open(new SandboxSettings { Batch = new BatchSettings { LoseParallelWrites = true } });
        SandboxUser user = stage.Add("kim");
        string phones = $"/users/{user.Id}/authentication/phoneMethods";
        Reply reply = await stage.Client.Post("/v1.0/$batch",
            $$"""{"requests":[{{Item("1", "POST", phones, Phone("mobile"))}},{{Item("2", "POST", phones, Phone("office"))}}]}""");
        Assert.That(ById(reply).Values.Select(r => r.GetProperty("status").GetInt32()), Is.All.EqualTo(201));
        Assert.That(new[] { user.Mobile, user.Office }.Count(p => p is not null), Is.EqualTo(1));
    }
}
