using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Changes;
using ProvisioningConnector.Graph.Tests.Support;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;
using static ProvisioningConnector.TestKit.TestAuthority;

namespace ProvisioningConnector.Graph.Tests;

public class ChangeFeedTests
{
    private static readonly DateTimeOffset Since = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [TestCase("User registered security info", "Authentication Methods", true)]
    [TestCase("Admin deleted security info", "authentication methods", true)]
    [TestCase("User changed default security info", null, true)]
    [TestCase("Something unknown", "Authentication Methods", true)]
    [TestCase("User registered for self-service password reset", "Self-service Password Management", true)]
    [TestCase("Update per-user multifactor authentication state", "Core Directory", true)]
    [TestCase("Admin updated phone", "Core Directory", true)]
    [TestCase("Update user", "Core Directory", false)]
    [TestCase("Add member to group", "Core Directory", false)]
    public async Task Activities_that_may_change_methods_count(string activity, string? service, bool counts)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, $"{{\"value\":[{Entry(activity: activity, service: service)}]}}")));
        Assert.That(await ChangesAsync(rig), Has.Count.EqualTo(counts ? 1 : 0));
    }

    [Test]
    public async Task Entries_before_the_moment_and_about_no_user_are_left_aside()
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200,
            $$"""{"value":[{{Entry(at: "2025-12-31T23:59:59Z")}},{{Entry(type: "Policy")}},{{Entry(uid: "")}},{{Entry(at: "nonsense")}},{"id":"bare"},"""
            + $$"""{{Entry(uid: "u9", at: "2026-01-01T01:00:00.1234567+01:00")}}]}""")));
        Assert.That((await ChangesAsync(rig)).Select(c => (c.Uid, c.At)), Is.EqualTo(new[] { ("u9", Since.AddTicks(1_234_567)) }));
    }

    [TestCase("""{"user":{"id":"x"},"app":null}""", false)]
    [TestCase("""{"user":null,"app":{"displayName":"somebody"}}""", true)]
    [TestCase("""{"user":null,"app":{"appId":"other"}}""", true)]
    [TestCase("""null""", false)]
    public async Task What_a_person_did_is_never_ours(string initiator, bool mayBeOurs)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, $"{{\"value\":[{Entry(initiator: initiator)}]}}")));
        Assert.That((await ChangesAsync(rig)).Single().MayBeOurs, Is.EqualTo(mayBeOurs));
    }

    [Test]
    public async Task A_server_that_refuses_the_narrow_question_is_asked_more_plainly()
    {
        StubGraph stub = new((_, number) => number < 3
            ? StubGraph.Error(400, "Request_UnsupportedQuery", "no") : StubGraph.Json(200, $"{{\"value\":[{Entry()}]}}"));
        using Rig rig = new(stub);
        Assert.That(await ChangesAsync(rig), Has.Count.EqualTo(1));
        Assert.That(stub.Seen.Select(s => Uri.UnescapeDataString(s.Path)), Is.EqualTo(new[]
        {
            "/v1.0/auditLogs/directoryAudits?$filter=activityDateTime ge 2026-01-01T00:00:00Z and (loggedByService eq 'Authentication Methods' or "
            + "loggedByService eq 'Self-service Password Management')&$top=999",
            "/v1.0/auditLogs/directoryAudits?$filter=activityDateTime ge 2026-01-01T00:00:00Z&$top=999",
            "/v1.0/auditLogs/directoryAudits?$filter=activityDateTime ge 2026-01-01T00:00:00Z",
        }));
    }

    [TestCase(403, "Authentication_MSGraphPermissionMissing", ErrorKind.Forbidden)]
    [TestCase(401, "InvalidAuthenticationToken", ErrorKind.Unauthenticated)]
    [TestCase(400, "anything", ErrorKind.Refused)]
    public async Task What_cannot_be_read_is_one_page_with_the_error(int status, string code, ErrorKind kind)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Error(status, code, "no")));
        GraphChangeFeed feed = new(rig.Connection, rig.Time);
        List<FeedPage<SecurityChange>> changes = [];
        await foreach (FeedPage<SecurityChange> page in feed.ChangesAsync(Since, default)) changes.Add(page);
        List<FeedPage<RegistrationRow>> rows = [];
        await foreach (FeedPage<RegistrationRow> page in feed.RegistrationsAsync(default)) rows.Add(page);
        Assert.That(changes.Single().Error?.Kind, Is.EqualTo(kind));
        Assert.That(rows.Single().Error?.Kind, Is.EqualTo(kind));
    }

    [Test]
    public async Task Report_rows_report_which_methods_are_there_and_unknown_names_are_left_aside()
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200,
            """
            {"value":[{"id":"a","methodsRegistered":["mobilePhone","officePhone","alternateMobilePhone","email","microsoftAuthenticatorPush","hologram",7],
            "lastUpdatedDateTime":"2026-01-02T00:00:00Z"},
            {"id":"b","methodsRegistered":["microsoftAuthenticatorPasswordless","passKeyDeviceBoundAuthenticator"]},{"id":"c"},
            {"id":"d","methodsRegistered":null},{"id":"e","methodsRegistered":[]}]}
            """)));
        List<RegistrationRow> rows = await RowsAsync(rig);
        MethodPresence all = MethodPresence.Mobile | MethodPresence.AlternateMobile | MethodPresence.Office
            | MethodPresence.Email | MethodPresence.Authenticator;
        Assert.That(rows.Select(r => (r.Uid, r.Presence)), Is.EqualTo(new[] { ("a", all), ("b", MethodPresence.Authenticator), ("e", MethodPresence.None) }));
        Assert.That(rows[0].At, Is.EqualTo(Since.AddDays(1)));
        Assert.That(rows[1].At, Is.GreaterThanOrEqualTo(Since), "a row that hides its age counts as new");
    }

    [Test]
    public async Task Refused_calls_wait_and_do_not_slow_down_other_reads()
    {
        StubGraph stub = new((_, number) => number == 1
            ? StubGraph.Error(429, "TooManyRequests", "wait", ("Retry-After", "10")) : StubGraph.Json(200, """{"value":[]}"""));
        using Rig rig = new(stub);
        Assert.That(await RowsAsync(rig), Is.Empty);
        Assert.That(stub.Seen, Has.Length.EqualTo(2));
        Assert.That((rig.Pacer.Snapshot().Reads.Calls, rig.Pacer.Snapshot().Reads.ThrottledCalls, rig.Connection.ReportCalls), Is.EqualTo((0L, 0L, 2L)));
    }

    [Test]
    public async Task Pages_are_followed_within_the_quota_of_the_reports_class()
    {
        TestTime time = new();
        StubGraph stub = new((_,
            number) => StubGraph.Json(200, number < 20 ? $$"""{"value":[],"@odata.nextLink":"/v1.0/next?page={{number}}"}""" : """{"value":[]}"""));
        using Rig rig = new(stub, time: time);
        await RowsAsync(rig);
        Assert.That(stub.Seen, Has.Length.EqualTo(20));
        Assert.That(time.Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(28)), "five at once, then one in two seconds");
    }

    [Test]
    public async Task The_stand_in_tenant_is_read_whatever_it_leaves_open([Range(1, 6)] int seed)
    {
        SandboxSeed people = new()
        {
            Users = [new SeedUser { UserPrincipalName = "kim@contoso.com", Phones = new SeedPhones { Mobile = "+1 2065550177" } },
            new SeedUser { UserPrincipalName = "lee@contoso.com" }]
        };
        await using SandboxServer server = await SandboxServer.StartAsync(new SandboxOptions
        {
            Seed = people,
            RandomSeed = seed, Settings = SandboxSettings.Default.Vary(seed) with { Reports = new ReportSettings() }
        }, default);
        using Rig rig = new(null, options => options with { Endpoint = server.Address }, TimeProvider.System);
        string uid = server.Tenant.User("kim@contoso.com").Id.ToString();
        server.Tenant.Change("kim@contoso.com", new TenantChange.SetPhone(PhoneSlot.Office, "+1 2065550101"));
        await rig.Writer.SendAsync(uid, Some.Update(), default);
        List<SecurityChange> changes = await ChangesAsync(rig);
        Assert.That(changes.Select(c => c.Uid), Is.All.EqualTo(uid).IgnoreCase);
        Assert.That(changes.Select(c => c.MayBeOurs), Is.EquivalentTo(new[] { false, true }));
        Assert.That((await RowsAsync(rig)).Single(r => r.Uid.Equals(uid, StringComparison.OrdinalIgnoreCase)).Presence,
            Is.EqualTo(MethodPresence.Mobile | MethodPresence.Office));
    }

    private static string Entry(string uid = "u1", string at = "2026-01-02T03:04:05Z", string activity = "User registered security info",
        string? service = "Authentication Methods", string type = "User", string initiator = """{"user":{"id":"u1"}}""") =>
        $$"""{"id":"e","category":"UserManagement","activityDisplayName":"{{activity}}","activityDateTime":"{{at}}","loggedByService":"""
        + $$"""{{(service is null ? "null" : $"\"{service}\"")}},"initiatedBy":"""
        + $$"""{{initiator}},"targetResources":[{"id":"{{uid}}","type":"{{type}}"},{"id":null}]}""";

    private static async Task<List<SecurityChange>> ChangesAsync(Rig rig)
    {
        List<SecurityChange> changes = [];
        await foreach (FeedPage<SecurityChange> page in new GraphChangeFeed(rig.Connection, rig.Time).ChangesAsync(Since, default))
        {
            Assert.That(page.Error, Is.Null);
            changes.AddRange(page.Entries);
        }

        return changes;
    }

    private static async Task<List<RegistrationRow>> RowsAsync(Rig rig)
    {
        List<RegistrationRow> rows = [];
        await foreach (FeedPage<RegistrationRow> page in new GraphChangeFeed(rig.Connection, rig.Time).RegistrationsAsync(default))
        {
            Assert.That(page.Error, Is.Null);
            rows.AddRange(page.Entries);
        }

        return rows;
    }
}
