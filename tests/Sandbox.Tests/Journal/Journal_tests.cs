using System.Collections.Immutable;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Journal;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Tenant;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Journal;

public sealed class Journal_tests
{
    private const string Phone = """{"phoneNumber":"+1 2065550100","phoneType":"mobile"}""";

    [Test]
    public async Task Requests_are_remembered_with_what_they_sent_and_whether_they_took_effect()
    {
        await using Stage stage = await Stage.Open();
        SandboxUser user = stage.Add("kim");
        string path = $"/v1.0/users/{user.Id}/authentication/phoneMethods";
        await stage.Client.Send("POST", path, Phone, ("client-request-id", "c-1"));
        await stage.Client.Post(path, Phone);
        await stage.Client.Post("/v1.0/$batch", $$"""{"requests":[{"id":"a","method":"GET","url":"{{path[5..]}}"}]}""");

        ImmutableArray<RecordedRequest> requests = stage.Server.Journal.Requests;
        Assert.That(requests.Select(r => (r.Kind, r.Status, r.Applied, r.BatchItem)), Is.EqualTo(new (string, int, bool, string?)[]
        {
            ("phone.create", 201, true, null), ("phone.create", 400, false, null), ("phone.list", 200, false, "a"), ("batch", 200, false, null),
        }));
        Assert.That((requests[0].ClientRequestId, requests[0].Body, requests[0].UserId), Is.EqualTo(("c-1", Phone, (Guid?)user.Id)));
        Assert.That(stage.Server.Journal.AppliedWrites.Single().Number, Is.EqualTo(1));
        Assert.That(stage.Server.Journal.Counts["phone.create"], Is.EqualTo(2));
    }

    [Test]
    public async Task The_oldest_are_forgotten_but_still_counted()
    {
        await using Stage stage = await Stage.Open(new SandboxOptions { JournalCapacity = 3, JournalBodies = false });
        for (int i = 0; i < 5; i++) await stage.Client.Get("/v1.0/organization");
        Assert.That(stage.Server.Journal.Requests.Select(r => r.Number), Is.EqualTo(new[] { 3, 4, 5 }));
        Assert.That(stage.Server.Journal.Total, Is.EqualTo(5));
    }

    [Test]
    public async Task Every_state_on_the_way_can_be_looked_at()
    {
        await using Stage stage = await Stage.Open();
        SandboxUser user = stage.Add("kim", mobile: "+1 2065550100");
        await stage.Client.Delete($"/v1.0/users/{user.Id}/authentication/phoneMethods/{SlotNames.MobileId}");
        stage.Tenant.Change(user.UserPrincipalName, new TenantChange.SetPhone(PhoneSlot.Office, "+1 2065550101"));
        Assert.That(stage.Tenant.Changes.Select(c => (c.Kind, c.After.CountBesidePassword)),
            Is.EqualTo(new (string?, int)[] { ("phone.delete", 0), (null, 1) }));
    }

    [Test]
    public async Task Two_writes_of_one_user_at_a_time_are_noticed()
    {
        SandboxTime time = new SandboxTime();
        await using Stage stage = await Stage.Open(new SandboxOptions
        {
            Seed = new SandboxSeed(), Time = time,
            Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "access": "write" }, "then": { "delayBefore": 1000 } } ] }"""),
        });
        string path = $"/v1.0/users/{stage.Add("kim").Id}/authentication/phoneMethods";
        Task<Reply[]> both = Task.WhenAll(stage.Client.Post(path, Phone), stage.Client.Post(path, Phone.Replace("mobile", "office", StringComparison.Ordinal)));
        while (time.Timers < 2) await Task.Yield();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await both).Select(r => r.Status), Is.All.EqualTo(201));
        Assert.That(stage.Server.Journal.OverlappingWrites, Is.EqualTo(1));
    }

    [Test]
    public async Task A_request_that_hangs_ends_with_the_server()
    {
        Stage stage = await Stage.Open(new SandboxOptions
        {
            Faults = FaultPlan.Parse("""{ "rules": [ { "match": { "kind": "users.list" }, "then": { "hang": "before" } } ] }"""),
        });
        Task<Reply> hanging = stage.Client.Get("/v1.0/users");
        while (stage.Server.Journal.Total == 0) await Task.Yield();
        Assert.That(hanging.IsCompleted, Is.False);
        await stage.Server.DisposeAsync();
        Assert.That(async () => await hanging, Throws.InstanceOf<HttpRequestException>());
        stage.Client.Dispose();
    }
}
