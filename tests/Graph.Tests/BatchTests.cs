using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Tests.Support;

namespace ProvisioningConnector.Graph.Tests;

public class BatchTests
{
    private static readonly ImmutableArray<UserRead> Twenty = [.. Enumerable.Range(1, 20).Select(number => new UserRead(Rig.Id(number)))];

    /// <summary>Answers items well, but as <paramref name="item"/> says; null leaves an item out.</summary>
    private static StubGraph Service(Func<int, string, string?> item, bool shuffle = false, int outer = 200) => new((seen, _) =>
    {
        if (!seen.Path.EndsWith("/$batch", StringComparison.Ordinal)) return StubGraph.Json(200, Rig.Phones(NumberOf(seen.Path)));
        using JsonDocument asked = JsonDocument.Parse(seen.Body);
        List<string> items = [];
        foreach (JsonElement request in asked.RootElement.GetProperty("requests").EnumerateArray())
        {
            string id = request.GetProperty("id").GetString()!;
            if (item(int.Parse(id), request.GetProperty("url").GetString()!) is { } answer) items.Add(answer);
        }

        if (shuffle) items.Reverse();
        return StubGraph.Json(outer, $$"""{"@odata.context":"c","responses":[{{string.Join(",", items)}}]}""");
    });

    private static string NumberOf(string path) => $"+1 20655501{int.Parse(path.Split("/users/")[1].Split('/')[0][^2..]):00}";

    private static string Good(int id, string url) =>
        $$"""{"id":"{{id}}","status":200,"headers":{"Content-Type":"application/json"},"body":{{Rig.Phones(NumberOf(url))}}}""";

    private static void AllRead(ImmutableArray<MethodsReading> readings)
    {
        Assert.That(readings, Has.Length.EqualTo(20));
        for (int i = 0; i < 20; i++)
        {
            Assert.That(readings[i], Is.InstanceOf<MethodsReading.Complete>(), $"user {i + 1}");
            Assert.That(((MethodsReading.Complete)readings[i]).Methods.Mobile.Holds(Some.Number($"+1 20655501{i + 1:00}")), Is.True, $"user {i + 1}");
        }
    }

    [Test]
    public async Task Twenty_users_are_one_request()
    {
        StubGraph stub = Service(Good);
        using Rig rig = new(stub);
        AllRead(await rig.Reader.ReadAsync(Twenty, default));
        Assert.That((stub.Seen.Single().Method, stub.Seen.Single().Path), Is.EqualTo(("POST", "/v1.0/$batch")));
        using JsonDocument asked = JsonDocument.Parse(stub.Seen[0].Body);
        JsonElement[] requests = [.. asked.RootElement.GetProperty("requests").EnumerateArray()];
        Assert.That(requests.Select(request => request.GetProperty("url").GetString()),
            Is.EqualTo(Twenty.Select(user => $"/users/{user.Uid}/authentication/methods")));
        Assert.That(requests.Select(request => request.GetProperty("headers").GetProperty("client-request-id").GetGuid()).Distinct().Count(), Is.EqualTo(20));
        Assert.That((rig.Pacer.Snapshot().Reads.Calls, rig.Pacer.Snapshot().Reads.Cost), Is.EqualTo((1, 20)));
    }

    [Test]
    public async Task Where_the_quota_is_small_batches_are_smaller_and_no_user_is_left_out()
    {
        using Rig rig = new(Service(Good), quota: new Engine.Pacing.QuotaSettings(ReadsPerSecond: 5, ReadBurst: 6));
        AllRead(await rig.Reader.ReadAsync(Twenty, default));
        Assert.That(rig.Pacer.Snapshot().Reads.Cost, Is.EqualTo(20));
    }

    [Test]
    public async Task A_single_user_is_no_batch()
    {
        StubGraph stub = Service(Good);
        using Rig rig = new(stub);
        await rig.ReadOneAsync(Rig.Id(7));
        Assert.That(stub.Seen.Single().Method, Is.EqualTo("GET"));
    }

    [Test]
    public async Task The_order_of_answers_and_the_form_of_their_ids_do_not_matter()
    {
        int n = 0;
        StubGraph stub = Service((id, url) => (n++ % 3) switch
        {
            0 => $$"""{"status":"200","body":{{Rig.Phones(NumberOf(url))}},"id":"{{id}}"}""",
            1 => $$"""{"body":{{Rig.Phones(NumberOf(url))}},"headers":null,"id":{{id}},"status":200}""",
            _ => Good(id, url),
        }, shuffle: true);
        using Rig rig = new(stub);
        AllRead(await rig.Reader.ReadAsync(Twenty, default));
        Assert.That(stub.Seen, Has.Length.EqualTo(1));
    }

    private static IEnumerable<TestCaseData> BadItems()
    {
        yield return new TestCaseData(null).SetArgDisplayNames("missing");
        foreach (int status in new[] { 429, 500, 502, 503, 504, 408, 401, 424, 302, 200, 204 })
        {
            yield return new TestCaseData("""{"id":"ID","status":STATUS,"headers":{"rETRY-aFTER":"3"}}""".Replace("STATUS",
                $"{status}")).SetArgDisplayNames($"{status} without body");
        }

        yield return new TestCaseData("""{"id":"ID","status":200,"body":"<html>"}""").SetArgDisplayNames("text as body");
        yield return new TestCaseData("""{"id":"ID","status":200,"body":{"value":[{"id":"x"}]}}""").SetArgDisplayNames("entry without type");
        yield return new TestCaseData("""{"id":"ID","status":404}""").SetArgDisplayNames("404 without a word");
        yield return new TestCaseData("""{"id":"ID"}""").SetArgDisplayNames("no status");
        yield return new TestCaseData("""{"status":200,"body":{"value":[]}}""").SetArgDisplayNames("no id");
        yield return new TestCaseData("""{"id":"21","status":200,"body":{"value":[]}}""").SetArgDisplayNames("an id that was not asked");
        yield return new TestCaseData("""{"id":"ID","status":200,"body":{"value":[]}},"""
            + """{"id":"ID","status":200,"body":{"value":[]}}""").SetArgDisplayNames("two answers");
        yield return new TestCaseData("""7""").SetArgDisplayNames("no object");
    }

    [TestCaseSource(nameof(BadItems))]
    public async Task An_item_without_a_clear_answer_is_read_alone_and_the_others_are_kept(string? bad)
    {
        StubGraph stub = Service((id, url) => id is 3 or 17 ? bad?.Replace("ID", $"{id}") : Good(id, url));
        using Rig rig = new(stub);
        AllRead(await rig.Reader.ReadAsync(Twenty, default));
        Assert.That(stub.Seen.Skip(1).Select(seen => seen.Path),
            Is.EquivalentTo(new[] { 3, 17 }.Select(number => $"/v1.0/users/{Rig.Id(number)}/authentication/methods")));
    }

    [Test]
    public async Task The_longest_wait_of_all_throttled_items_counts()
    {
        StubGraph stub = Service((id, url) => id switch
        {
            4 => """{"id":"4","status":429,"headers":{"Retry-After":"2"}}""",
            5 => """{"id":"5","status":429,"headers":{"retry-after":[ "9.5" ]}}""",
            6 => """{"id":"6","status":429,"headers":{"RETRY-AFTER":4}}""",
            _ => Good(id, url),
        });
        using Rig rig = new(stub);
        AllRead(await rig.Reader.ReadAsync(Twenty, default));
        Assert.That(rig.Pacer.Snapshot().Reads.ThrottledItems, Is.EqualTo(3));
        Assert.That(((TestTime)rig.Time).Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(9.5)));
    }

    [TestCase(403, "accessDenied", "Request Authorization failed", false)]
    [TestCase(404, "resourceNotFound", "gone", true)]
    [TestCase(404, "Request_ResourceNotFound", "Resource 'x' does not exist", true)]
    public async Task A_clear_refusal_of_one_user_is_final(int status, string code, string message, bool noUser)
    {
        StubGraph stub = Service((id, url) => id == 9
            ? $$$"""{"id":"9","status":{{{status}}},"headers":{"request-id":"r9"},"body":{"error":{"code":"{{{code}}}","message":"{{{message}}}"} } }"""
            : Good(id, url));
        using Rig rig = new(stub);
        ImmutableArray<MethodsReading> readings = await rig.Reader.ReadAsync(Twenty, default);
        Assert.That(readings[8], noUser ? Is.InstanceOf<MethodsReading.NoUser>() : Is.InstanceOf<MethodsReading.Failed>());
        Assert.That(readings[8] switch
        {
            MethodsReading.NoUser gone => gone.Error.RequestId,
            MethodsReading.Failed failed =>
            failed.Error.RequestId,
            _ => null
        }, Is.EqualTo("r9"));
        Assert.That(readings.OfType<MethodsReading.Complete>().Count(), Is.EqualTo(19));
        Assert.That(stub.Seen, Has.Length.EqualTo(1));
    }

    [TestCase(400)]
    [TestCase(404)]
    [TestCase(405)]
    [TestCase(501)]
    public async Task A_server_that_does_not_speak_batch_is_asked_user_by_user_from_then_on(int status)
    {
        StubGraph stub = new((seen, _) => seen.Method == "POST" ? StubGraph.Json(status, "") : StubGraph.Json(200, Rig.Phones(NumberOf(seen.Path))));
        using Rig rig = new(stub);
        AllRead(await rig.Reader.ReadAsync(Twenty, default));
        AllRead(await rig.Reader.ReadAsync(Twenty, default));
        Assert.That(stub.Seen.Count(seen => seen.Method == "POST"), Is.EqualTo(1));
        Assert.That(stub.Seen, Has.Length.EqualTo(41));
    }

    [TestCase(200, "{}")]
    [TestCase(200, "<html>")]
    [TestCase(200, """{"responses":[""")]
    [TestCase(200, """{"responses":[]}""")]
    [TestCase(500, "")]
    [TestCase(403, "")]
    [TestCase(413, "")]
    public async Task A_batch_that_fails_as_a_whole_costs_no_user_its_reading(int status, string body)
    {
        StubGraph stub = new((seen, _) => seen.Method == "POST" ? StubGraph.Json(status, body) : StubGraph.Json(200, Rig.Phones(NumberOf(seen.Path))));
        using Rig rig = new(stub);
        AllRead(await rig.Reader.ReadAsync(Twenty, default));
    }

    [Test]
    public async Task A_batch_that_is_424_as_a_whole_is_read_by_its_items()
    {
        StubGraph stub = Service((id, url) => id == 2 ? """{"id":"2","status":429}""" : Good(id, url), outer: 424);
        using Rig rig = new(stub);
        AllRead(await rig.Reader.ReadAsync(Twenty, default));
        Assert.That(stub.Seen, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_whole_batch_that_is_throttled_is_sent_again()
    {
        int batches = 0;
        StubGraph stub = new((seen, _) => ++batches <= 3 ? StubGraph.Json(429, "", ("Retry-After", "2")) : StubGraph.Json(200, GoodBatch(seen)));
        using Rig rig = new(stub);
        AllRead(await rig.Reader.ReadAsync(Twenty, default));
        Assert.That(stub.Seen, Has.Length.EqualTo(4));
    }

    [Test]
    public async Task Further_pages_and_hardware_OATH_of_an_item_are_read_alone()
    {
        StubGraph stub = new((seen, _) => seen switch
        {
            { Method: "POST" } => StubGraph.Json(200, """
                {"responses":[
                 {"id":"1","status":200,"body":{"value":[],"@odata.nextLink":"https://graph.microsoft.com/v1.0/more?x=1"}},
                 {"id":"2","status":200,"body":{"value":[]}},
                 {"id":"3","status":200,"body":{"value":[],"@odata.nextLink":"https://evil.example/"}}]}
                """),
            { Path: "/v1.0/more?x=1" } => StubGraph.Json(200, Rig.Phones("+1 2065550100")),
            _ => StubGraph.Json(200, """{"value":[{"id":"h1"}]}"""),
        });
        using Rig rig = new(stub);
        ImmutableArray<MethodsReading> readings = await rig.Reader.ReadAsync([new UserRead("a"), new UserRead("b", KindSet.HardwareOath), new UserRead("c")],
            default);
        Assert.That(((MethodsReading.Complete)readings[0]).Methods.PhoneCount, Is.EqualTo(1));
        Assert.That(((MethodsReading.Complete)readings[1]).Methods.HardwareOathRead, Is.True);
        Assert.That(readings[2], Is.InstanceOf<MethodsReading.Failed>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.ForeignLink));
    }

    private static string GoodBatch(Seen seen)
    {
        using JsonDocument asked = JsonDocument.Parse(seen.Body);
        IEnumerable<string> answers = asked.RootElement.GetProperty("requests").EnumerateArray()
            .Select(request => Good(int.Parse(request.GetProperty("id").GetString()!), request.GetProperty("url").GetString()!));
        return $$"""{"responses":[{{string.Join(",", answers)}}]}""";
    }

    [TestCase("+1 •••••••00")]
    [TestCase("+1 XXXXXXX00")]
    [TestCase("+1 *******00")]
    [TestCase("**")]
    public async Task Masked_numbers_in_a_batch_are_no_state_and_the_others_are_read(string masked)
    {
        foreach (string type in new[] { "mobile", "alternateMobile", "office" })
        {
            StubGraph stub = new((seen, _) =>
            {
                string hidden = Rig.Phones(masked, type);
                if (!seen.Path.EndsWith("/$batch", StringComparison.Ordinal)) return StubGraph.Json(200, hidden);
                string items = string.Join(",", new[] { hidden, Rig.Phones("+1 2065550102"), hidden }
                    .Select((body, i) => $$"""{"id":"{{i + 1}}","status":200,"body":{{body}}}"""));
                return StubGraph.Json(200, $$"""{"responses":[{{items}}]}""");
            });
            using Rig rig = new(stub);
            ImmutableArray<MethodsReading> readings = await rig.Reader.ReadAsync([.. Twenty.Take(3)], default);
            Assert.That(readings[1], Is.InstanceOf<MethodsReading.Complete>());
            foreach (int at in new[] { 0, 2 })
            {
                Assert.That(readings[at], Is.InstanceOf<MethodsReading.Failed>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.Masked), type);
            }
        }
    }
}
