using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Filters;
using ProvisioningConnector.Icf.Objects;
using ProvisioningConnector.Icf.Operations;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Icf.Tests.Bench;

namespace ProvisioningConnector.Icf.Tests;

/// <summary>Reading, searching, synchronising.</summary>
public sealed class SearchTests
{
    private static readonly Filter[] Filters =
    [
        new Filter.EqualTo(AttributeNames.PrincipalName, "U007@contoso.com"), new Filter.EqualTo(AttributeNames.Uid, Id(7)),
        new Filter.StartsWith(AttributeNames.DisplayName, "user 1"),
        new Filter.EqualTo(AttributeNames.AccountEnabled, true), new Filter.EqualTo(AttributeNames.AccountEnabled, false),
        new Filter.EqualTo(AttributeNames.OnPremisesSyncEnabled, false),
        new Filter.And(new Filter.StartsWith(AttributeNames.Name, "u01"), new Filter.Contains(AttributeNames.Phones, "0013")),
        new Filter.Or(new Filter.EqualTo(AttributeNames.EmployeeId, "3"), new Filter.EndsWith(AttributeNames.DisplayName, " 4")),
        new Filter.Not(new Filter.Present(AttributeNames.Mail)),
        new Filter.Present("noSuchAttribute"), new Filter.Nothing(), new Filter.GreaterThanOrEqual(AttributeNames.PrincipalName, "u030@contoso.com"),
        new Filter.ContainsAllValues(AttributeNames.Phones, ["+1 206-555-0021:office"]), new Filter.EqualsIgnoreCase(AttributeNames.UserType, "MEMBER"),
    ];

    [TestCaseSource(nameof(Filters))]
    public void A_search_finds_exactly_whom_the_filter_holds_for_whatever_the_page_size(Filter filter) => VirtualWorld.Run(async world =>
    {
        Bench bench = Forty(world);
        string[] all = [.. (await bench.FindAsync(null,
            All)).Found.Where(o => filter.Holds(name => UserAttributes.Find(name) is { } a ? ValueOf(bench, o, a.Name) : [])).Select(o => o.Uid.Value)];
        foreach (int? size in new int?[] { null, 1, 3, 7, 40 })
        {
            List<string> found = [];
            string? cookie = null;
            do
            {
                (List<ConnectorObject> page, SearchResult result) = await bench.FindAsync(filter,
                    new OperationOptions { PageSize = size, PagedResultsCookie = cookie, Full = true });
                Assert.That(page, Has.Count.LessThanOrEqualTo(size ?? 40));
                found.AddRange(page.Select(o => o.Uid.Value));
                cookie = result.PagedResultsCookie;
            }
            while (cookie is not null);
            Assert.That(found, Is.EqualTo(all), $"pages of {size}");
        }
    });

    [Test]
    public void A_user_whom_two_pages_list_is_found_once([Values(0, 1, 5, 100)] int overlap) => VirtualWorld.Run(async world =>
    {
        Bench bench = new(world);
        for (int n = 0; n < 2100; n++) bench.With(n, Some.User);
        bench.Search.Overlap = overlap;
        (List<ConnectorObject> found, _) = await bench.FindAsync(null);
        Assert.That(found.Select(o => o.Uid.Value), Is.Unique.And.Exactly(2100).Items);
        Assert.That(bench.Search.Queries, Has.Count.GreaterThan(2));
    });

    [Test]
    public void Methods_are_read_only_when_asked_for_and_twenty_at_a_time() => VirtualWorld.Run(async world =>
    {
        Bench bench = Forty(world);
        await bench.FindAsync(null);
        Assert.That(bench.Tenant.Readings, Is.Empty);
        await bench.FindAsync(null, All with { PageSize = 5 });
        Assert.That(bench.Tenant.Readings, Has.Count.EqualTo(5), "no more than are handed out");
        bench.Tenant.Readings.Clear();
        await bench.FindAsync(null, All);
        Assert.That(bench.Tenant.Readings.Select(r => r.Uid), Is.Unique.And.Exactly(40).Items);
    });

    [Test]
    public void The_directory_gets_the_part_that_it_can_answer() => VirtualWorld.Run(async world =>
    {
        Bench bench = Forty(world);
        await bench.FindAsync(new Filter.And(new Filter.EqualTo(AttributeNames.AccountEnabled, true),
            new Filter.And(new Filter.StartsWith(AttributeNames.DisplayName, "User"), new Filter.EndsWith(AttributeNames.DisplayName, "2"))));
        Assert.That(bench.Search.Queries[^1].Conditions,
            Is.EqualTo(new[] { new UserCondition(UserProperty.Enabled, UserComparison.Equal, "true"),
                new UserCondition(UserProperty.DisplayName, UserComparison.StartsWith, "User") }));
        await bench.FindAsync(new Filter.Or(new Filter.EqualTo(AttributeNames.EmployeeId, "1"), new Filter.EqualTo(AttributeNames.EmployeeId, "2")));
        Assert.That(bench.Search.Queries[^1].Conditions, Is.Empty);
    });

    [Test]
    public void Pages_go_on_by_offset_and_by_order_and_a_cookie_is_good_for_its_own_search_only() => VirtualWorld.Run(async world =>
    {
        Bench bench = Forty(world);
        (List<ConnectorObject> found, SearchResult result) = await bench.FindAsync(null,
            new OperationOptions { PageSize = 2, PagedResultsOffset = 3, SortKeys = [new SortKey(AttributeNames.PrincipalName, false)] });
        Assert.That(found.Select(o => o.Name), Is.EqualTo(new[] { "u036@contoso.com", "u035@contoso.com" }));
        Assert.That(await ErrorOf(bench.FindAsync(null, new OperationOptions { PageSize = 2, PagedResultsCookie = result.PagedResultsCookie })),
            Is.TypeOf<InvalidAttributeValueException>());
        Assert.That(await ErrorOf(bench.FindAsync(null, new OperationOptions { PageSize = 2, PagedResultsCookie = "AAAA" })),
            Is.TypeOf<InvalidAttributeValueException>());
        Assert.That(await ErrorOf(bench.FindAsync(null, new OperationOptions { SortKeys = [new SortKey(AttributeNames.Mail, true)] })),
            Is.TypeOf<InvalidAttributeValueException>());
        Assert.That(await ErrorOf(bench.FindAsync(new Filter.EqualTo("noSuch", "x"))), Is.TypeOf<InvalidAttributeValueException>());
    });

    [Test]
    public void Who_may_not_see_values_in_full_sees_them_masked() => VirtualWorld.Run(async world =>
    {
        Bench bench = new Bench(world).With(1, Some.User.Mobile("+1 2065550100").Email("kim@home.example").With(MethodKind.Fido2));
        ConnectorObject masked = await bench.Connector.GetAsync(ObjectClass.User, new Uid(Id(1)), All with { Full = false }, default);
        string text = string.Join(' ',
            masked.Attributes.SelectMany(a => a.Values).Select(v => v is IReadOnlyDictionary<string, string> map
                ? string.Join(' ', map.Values) : v.ToString()));
        Assert.That(text, Does.Not.Contain("2065550100").And.Not.Contain("kim@").And.Contain("fido2-1"));
        Assert.That((await bench.FindAsync(new Filter.Contains(AttributeNames.Phones, "0100"))).Found, Is.Empty, "a filter shows nothing that may not be seen");
    });

    [Test]
    public void A_client_that_synchronises_receives_every_change_once() => VirtualWorld.Run(async world =>
    {
        Bench bench = Forty(world);
        bench.Feed.Log(Id(1), TimeSpan.Zero);
        SyncToken token = await bench.Connector.GetLatestSyncTokenAsync(ObjectClass.User, default);
        await world.Delay(TimeSpan.FromMinutes(1));
        bench.Feed.Log(Id(2), TimeSpan.FromMinutes(10));
        await world.Delay(TimeSpan.FromMinutes(1));
        bench.Feed.Log(Id(3), TimeSpan.Zero);
        bench.Feed.Log(Id(99), TimeSpan.Zero);
        List<(string Uid, SyncDeltaType Type)> received = [];
        for (int i = 0; i < 5; i++)
        {
            await bench.Connector.SyncAsync(ObjectClass.User, token, delta =>
            {
                token = delta.Token;
                received.Add((delta.Uid.Value, delta.Type));
                return true;
            }, OperationOptions.Default, default);
            await world.Delay(TimeSpan.FromMinutes(5));
        }

        Assert.That(received,
            Is.EquivalentTo(new[] { (Id(3), SyncDeltaType.CreateOrUpdate), (Id(99), SyncDeltaType.Delete), (Id(2), SyncDeltaType.CreateOrUpdate) }));
        bench.Feed.AuditError = new ServiceError(ErrorKind.Forbidden, "PP403", "No.");
        Assert.That(await ErrorOf(bench.Connector.GetLatestSyncTokenAsync(ObjectClass.User, default)),
            Is.TypeOf<ConfigurationException>().With.Message.Contains("AuditLog.Read.All"));
    });

    [Test]
    public void Test_reports_what_is_wrong_and_the_schema_what_there_is() => VirtualWorld.Run(async world =>
    {
        Bench bench = Forty(world);
        await bench.Connector.TestAsync(default);
        bench.Search.Problem = new ServiceError(ErrorKind.Unauthenticated, "PP401", "No token.");
        Assert.That(await ErrorOf(bench.Connector.TestAsync(default)), Is.TypeOf<InvalidCredentialException>());
        AttributeInfo[] infos = [.. IcfConnector.Schema.Classes.Single().Attributes];
        Assert.That(infos.Select(i => i.Name), Is.Unique.And.Contains("__NAME__").And.Not.Contains("__UID__"));
        Assert.That(infos.Single(i => i.Name == "authenticationMethods").Flags,
            Is.EqualTo(AttributeFlags.NotCreatable | AttributeFlags.NotUpdateable | AttributeFlags.NotReturnedByDefault | AttributeFlags.MultiValued));
        Assert.That(infos.Where(i => i.Flags.HasFlag(AttributeFlags.NotReadable)).Select(i => i.Name),
            Has.All.StartWith("__remove").Or.EqualTo("__PASSWORD__").And.Exactly(10).Items);
    });

    [Test]
    public void Every_kind_of_error_has_its_exception()
    {
        foreach (ErrorKind kind in Enum.GetValues<ErrorKind>()) Assert.That(ErrorMapping.Map(new ServiceError(kind, "PP1", "What.", "Do this.")).Message,
            Is.EqualTo("What. Do this."));
    }

    private static Bench Forty(VirtualWorld world)
    {
        Bench bench = new(world);
        for (int i = 0; i < 40; i++) bench.With(i,
            Some.User.Mobile(FormattableString.Invariant($"+1 20655500{i:00}")).Office(FormattableString.Invariant($"+1 20655500{i:00}")));
        return bench;
    }

    private static System.Collections.Immutable.ImmutableArray<object> ValueOf(Bench bench, ConnectorObject o, string name) =>
        new ObjectMaking(PhoneSpelling.Ping, new ValueMasks(_ => "+1 ••••••", _ => "", ""),
            Fingerprint).Values(new UserReading(bench.Tenant[o.Uid.Value].Account,
                bench.Now(bench.Tenant.Users.ToList().FindIndex(u => u.Account.Uid == o.Uid.Value)), []), UserAttributes.Get(name), true);
}
