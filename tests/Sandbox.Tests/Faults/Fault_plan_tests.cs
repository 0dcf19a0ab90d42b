using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Faults;

public sealed class Fault_plan_tests
{
    private Stage _stage = null!;
    private SandboxUser _user = null!;
    private string _phones = "";
    private static int _users;

    [OneTimeSetUp]
    public async Task Open() => _stage = await Stage.Open();

    [OneTimeTearDown]
    public async Task Close() => await _stage.DisposeAsync();

    private void Given(string rules, string? mobile = null)
    {
        _user = _stage.Add("f" + Interlocked.Increment(ref _users), mobile);
        _phones = $"/v1.0/users/{_user.Id}/authentication/phoneMethods";
        _stage.Server.Faults = FaultPlan.Parse($$"""{ "rules": [ {{rules}} ] }""");
    }

    private Task<Reply> Add(string type = "mobile") => _stage.Client.Post(_phones, $$"""{"phoneNumber":"+1 2065550100","phoneType":"{{type}}"}""");

    [Test]
    public async Task The_nth_request_of_a_kind_is_answered_otherwise_and_nothing_is_done()
    {
        Given("""{ "match": { "kind": "phone.create" }, "nth": 2, "then": { "answer": { "status": 503, "headers": { "Retry-After": "3" } } } }""");
        Assert.That((await Add()).Status, Is.EqualTo(201));
        Reply second = await Add("office");
        Assert.That((second.Status, second.Headers["Retry-After"], _user.Office), Is.EqualTo((503, "3", (string?)null)));
        Assert.That((await Add("office")).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task A_write_may_take_effect_and_be_answered_with_an_error()
    {
        Given("""{ "match": { "access": "write" }, "then": { "commitAnd": { "status": 504 } } }""");
        Assert.That(((await Add()).Status, _user.Mobile), Is.EqualTo((504, "+1 2065550100")));
    }

    [TestCase("before", null)]
    [TestCase("after", "+1 2065550100")]
    public void A_connection_breaks_before_or_after_the_write(string moment, string? stored)
    {
        Given($$"""{ "match": { "kind": "phone.create" }, "then": { "drop": "{{moment}}" } }""");
        Assert.That(async () => await Add(), Throws.InstanceOf<HttpRequestException>());
        Assert.That(_user.Mobile, Is.EqualTo(stored));
    }

    [Test]
    public async Task Reads_lag_behind_a_write_for_a_number_of_reads()
    {
        Given("""{ "match": { "kind": "phone.create" }, "then": { "lag": { "reads": 2 } } }""");
        await Add();
        List<int> counts = new List<int>();
        for (int i = 0; i < 3; i++) counts.Add((await _stage.Client.Get(_phones)).Value.Length);
        Assert.That(counts, Is.EqualTo(new[] { 0, 0, 1 }));
    }

    [Test]
    public async Task Another_client_acts_between_the_request_and_its_effect()
    {
        Given("""{ "match": { "kind": "phone.update" }, "then": { "change": [ { "removePhone": "mobile" } ] } }""", mobile: "+1 2065550100");
        Reply reply = await _stage.Client.Patch($"{_phones}/{SlotNames.MobileId}", """{"phoneNumber":"+1 2065550199","phoneType":"mobile"}""");
        Assert.That((reply.Status, _user.Mobile), Is.EqualTo((404, (string?)null)));
    }

    [TestCase("asterisks", "+1 ********00")]
    [TestCase("bullets", "+1 ••••••••00")]
    [TestCase("letters", "+1 XXXXXXXX00")]
    public async Task Numbers_come_masked(string mask, string shown)
    {
        Given($$"""{ "match": { "kind": "methods.list phone.list" }, "then": { "mask": "{{mask}}" } }""", mobile: "+1 2065550100");
        Assert.That((await _stage.Client.Get(_phones)).Value[0].GetProperty("phoneNumber").GetString(), Is.EqualTo(shown));
    }

    [Test]
    public async Task Rules_count_for_each_user_apart_when_configured()
    {
        Given("""{ "match": { "kind": "phone.*" }, "nth": 1, "perUser": true, "then": { "answer": { "status": 500 } } }""");
        Assert.That(new[] { (await Add()).Status, (await Add()).Status }, Is.EqualTo(new[] { 500, 201 }));
        SandboxUser other = _stage.Add("f" + Interlocked.Increment(ref _users));
        Assert.That((await _stage.Client.Get($"/v1.0/users/{other.Id}/authentication/phoneMethods")).Status, Is.EqualTo(500));
    }

    [Test]
    public async Task An_item_of_a_batch_can_stay_unanswered()
    {
        Given("""{ "match": { "kind": "methods.list" }, "nth": 1, "then": { "drop": "before" } }""");
        Func<string, string> item = (string id) => $$"""{"id":"{{id}}","method":"GET","url":"/users/{{_user.Id}}/authentication/methods"}""";
        Reply reply = await _stage.Client.Post("/v1.0/$batch", $$"""{"requests":[{{item("1")}},{{item("2")}}]}""");
        Assert.That(reply.Json.GetProperty("responses").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_delayed_write_takes_effect_after_the_client_gave_up()
    {
        SandboxTime time = new SandboxTime();
        await using Stage stage = await Stage.Open(new SandboxOptions
        {
            Seed = new SandboxSeed(), Time = time,
            Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "kind": "phone.create" }, "then": { "delayBefore": 65000 } } ] }"""),
        });
        SandboxUser user = stage.Add("kim");
        using (HttpClient http = new HttpClient())
        using (CancellationTokenSource giveUp = new CancellationTokenSource())
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", "x");
            using StringContent body = new StringContent("""{"phoneNumber":"+1 2065550100","phoneType":"mobile"}""");
            Task<HttpResponseMessage> sent = http.PostAsync(new Uri(stage.Server.Address, $"/v1.0/users/{user.Id}/authentication/phoneMethods"),
                body, giveUp.Token);
            await Until(() => time.Timers > 0);
            await giveUp.CancelAsync();
            Assert.That(async () => await sent, Throws.InstanceOf<OperationCanceledException>());
        }
        Assert.That(user.Mobile, Is.Null);
        time.Advance(TimeSpan.FromSeconds(65));
        await Until(() => user.Mobile is not null);
        Assert.That(user.Mobile, Is.EqualTo("+1 2065550100"));
    }

    private static async Task Until(Func<bool> holds)
    {
        while (!holds()) await Task.Yield();
    }

    [TestCase("""{ "rules": [ { "then": { "anser": 1 } } ] }""", "anser")]
    [TestCase("""{ "rules": [ { "nth": 0, "then": { } } ] }""", "rules[0] has nth below 1")]
    [TestCase("""{ "rules": [ { "then": { "change": [ { "user": "x" } ] } } ] }""", "changes nothing")]
    [TestCase("""{ "rules": [ { "then": { "drop": "sometime" } } ] }""", "$.rules[0].then.drop")]
    [TestCase("{ \"rules\": [\n oops ] }", "line 2")]
    public void A_plan_that_cannot_be_used_says_where(string json, string place) =>
        Assert.That(() => FaultPlan.Parse(json), Throws.InstanceOf<SandboxSeedException>().With.Message.Contains(place));
}
