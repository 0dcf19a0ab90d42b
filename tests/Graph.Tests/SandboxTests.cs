using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Graph.Tests.Support;
using ProvisioningConnector.Graph.Users;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using static ProvisioningConnector.TestKit.TestAuthority;
using DefaultMethod = ProvisioningConnector.Engine.Model.DefaultMethod;

namespace ProvisioningConnector.Graph.Tests;

/// <summary>The client against the stand-in tenant over real HTTP. What docs/graph.md marks as unknown is varied by seed: only status and reading again may be
/// relied on.</summary>
public class SandboxTests
{
    private static readonly PhoneType[] Slots = [PhoneType.Mobile, PhoneType.AlternateMobile, PhoneType.Office];

    [Test]
    public async Task Phones_are_written_and_read_back_whatever_the_tenant_leaves_open([Range(1, 12)] int seed)
    {
        await using SandboxServer server = await Start(seed);
        using Rig rig = Connect(server);
        DirectoryUser user = await Find(rig, "empty@contoso.com");
        foreach (PhoneType slot in Slots)
        {
            PhoneNumber number = Some.Number($"+1 20655501{(int)slot:00}");
            WriteAnswer added = await rig.Writer.SendAsync(user.Uid, new Operation.AddPhone(slot, number, Some.Reason), default);
            Assert.That((await Read(rig, user.Uid))[slot].Holds(number), Is.True, $"{slot}: {added}");
            PhoneNumber other = Some.Number($"+1 20655502{(int)slot:00}");
            WriteAnswer updated = await rig.Writer.SendAsync(user.Uid, new Operation.UpdatePhone(slot, CurrentSlot.From(number), other, Some.Reason), default);
            Assert.That((await Read(rig, user.Uid))[slot].Holds(other), Is.True, $"{slot}: {updated}");
        }

        WriteAnswer tooEarly = await rig.Writer.SendAsync(user.Uid, Some.Delete(), default);
        Assert.That(tooEarly, Is.InstanceOf<WriteAnswer.Refused>());
        Assert.That((await Read(rig, user.Uid)).PhoneCount, Is.EqualTo(3));
        foreach (PhoneType slot in new[] { PhoneType.AlternateMobile, PhoneType.Office })
        {
            // Which phone is the default is one of the things that vary, and a default is not deleted.
            WriteAnswer deleted = await rig.Writer.SendAsync(user.Uid, Some.Delete(slot), default);
            bool isDefault = deleted is WriteAnswer.Refused { Error.Kind: ErrorKind.DefaultMethod };
            Assert.That(isDefault || deleted is WriteAnswer.Accepted, Is.True, $"{slot}: {deleted}");
            Assert.That((await Read(rig, user.Uid))[slot].IsEmpty, Is.EqualTo(!isDefault), $"{slot}");
        }
    }

    [Test]
    public async Task Users_are_searched_page_by_page_filtered_and_in_order()
    {
        await using SandboxServer server = await Start(0);
        using Rig rig = Connect(server);
        GraphUserSearch search = new(rig.Connection);
        DirectoryUser[] all = [.. await rig.Directory.PagesAsync(default).SelectMany(p => p).ToListAsync()];
        foreach (bool descending in new[] { false, true })
        {
            List<string?> names = [];
            string? at = null;
            do
            {
                UserPageAnswer answer = await search.PageAsync(new UserQuery([], new UserOrder(UserProperty.PrincipalName, descending), 3), at, default);
                UserPageAnswer.Page page = (UserPageAnswer.Page)answer;
                Assert.That(page.Users, Has.Length.LessThanOrEqualTo(3));
                names.AddRange(page.Users.Select(u => u.PrincipalName));
                at = page.Continuation;
            }
            while (at is not null);
            IEnumerable<string?> sorted = all.Select(u => u.PrincipalName).Order(StringComparer.OrdinalIgnoreCase);
            Assert.That(names, Is.EqualTo(descending ? sorted.Reverse() : sorted));
        }

        UserCondition[] conditions =
        [
            new(UserProperty.PrincipalName, UserComparison.StartsWith, "e"), new(UserProperty.Enabled, UserComparison.Equal, "true"),
            new(UserProperty.Id, UserComparison.Equal, all[0].Uid),
        ];
        Assert.That(((UserPageAnswer.Page)await search.PageAsync(new UserQuery([.. conditions[..2]], null, 999), null, default)).Users.Select(u => u.Uid),
            Is.EquivalentTo(all.Where(u => u.PrincipalName!.StartsWith('e') && u.Enabled == true).Select(u => u.Uid)));
        Assert.That(((UserPageAnswer.Page)await search.PageAsync(new UserQuery([conditions[2]], null, 999), null, default)).Users.Single().Uid,
            Is.EqualTo(all[0].Uid));
        Assert.That(await search.PageAsync(new UserQuery([], null, 9), "https://elsewhere.example/v1.0/users", default), Is.TypeOf<UserPageAnswer.Failed>());
    }

    [Test]
    public async Task Email_is_added_changed_and_deleted()
    {
        await using SandboxServer server = await Start(0);
        using Rig rig = Connect(server);
        string uid = (await Find(rig, "empty@contoso.com")).Uid;
        Assert.That(await rig.Writer.SendAsync(uid, new Operation.AddEmail("a@contoso.com", Some.Reason), default), Is.InstanceOf<WriteAnswer.Accepted>());
        CurrentEmail email = (await Read(rig, uid)).Email!;
        Assert.That(email.Address, Is.EqualTo("a@contoso.com"));
        Assert.That(await rig.Writer.SendAsync(uid, new Operation.UpdateEmail(email, "b@c.com", Some.Reason), default), Is.InstanceOf<WriteAnswer.Accepted>());
        Assert.That((await Read(rig, uid)).Email!.Address, Is.EqualTo("b@c.com"));
        Assert.That(await rig.Writer.SendAsync(uid, new Operation.DeleteEmail(email, Some.Reason), default), Is.InstanceOf<WriteAnswer.Accepted>());
        Assert.That((await Read(rig, uid)).Email, Is.Null);
    }

    [Test]
    public async Task Every_removable_kind_is_removed_from_its_collection()
    {
        await using SandboxServer server = await Start(0);
        using Rig rig = Connect(server);
        string uid = (await Find(rig, "keys@contoso.com")).Uid;
        CurrentMethods before = await Read(rig, uid, KindSets.All);
        foreach (AuthenticationMethod method in before.Others.Where(method => method.Kind.IsRemovable()))
        {
            Assert.That(await rig.Writer.SendAsync(uid, new Operation.RemoveMethod(method, Some.Reason), default), Is.InstanceOf<WriteAnswer.Accepted>(),
                $"{method.Kind}");
        }

        Assert.That(before.Others.Select(method => method.Kind), Is.SupersetOf(MethodKinds.Removable));
        Assert.That((await Read(rig, uid, KindSets.All)).Others.Where(method => method.Kind.IsRemovable()), Is.Empty);
    }

    [Test]
    public async Task The_refusals_seen_in_the_wild_are_recognised()
    {
        await using SandboxServer server = await Start(0);
        using Rig rig = Connect(server);
        string uid = (await Find(rig, "empty@contoso.com")).Uid;
        Assert.That(await Refusal(rig, uid, Some.Add(PhoneType.AlternateMobile)), Is.EqualTo(ErrorKind.MobileFirst));
        await rig.Writer.SendAsync(uid, Some.Add(), default);
        Assert.That(await Refusal(rig, uid, Some.Add()), Is.EqualTo(ErrorKind.AlreadyExists));
        await rig.Writer.SendAsync(uid, new Operation.AddPhone(PhoneType.AlternateMobile, Some.Number("+1 2065550199"), Some.Reason), default);
        Assert.That(await Refusal(rig, uid, Some.Delete()), Is.EqualTo(ErrorKind.AlternateMobileFirst));
        Assert.That(await Refusal(rig, uid, new Operation.SwitchSmsSignIn(true, default, Some.Reason)), Is.EqualTo(ErrorKind.DisabledByPolicy));
        Assert.That(await Refusal(rig, uid, Some.Delete(PhoneType.Office)), Is.EqualTo(ErrorKind.NotFound));
        Assert.That(await Refusal(rig, Rig.Id(404), Some.Add()), Is.EqualTo(ErrorKind.NotFound));
        Assert.That(await rig.ReadOneAsync(Rig.Id(404)), Is.InstanceOf<MethodsReading.NoUser>());
    }

    [Test]
    public async Task The_whole_directory_is_paged_and_read_in_batches([Values(LinkRoot.Own, LinkRoot.Graph)] LinkRoot links, [Values] bool batches)
    {
        SandboxSeed seed = new() { Generate = [new SeedGenerator { Count = 2500, Mobile = 0.5, Office = 0.3, Authenticator = 0.4, Email = 0.2 }] };
        await using SandboxServer server = await Start(seed,
            SandboxSettings.Default with { Links = links, MethodsPageSize = 2, Batch = new BatchSettings { LowerCaseHeaders = true } });
        using Rig rig = Connect(server, options => options with { UseBatch = batches });
        List<DirectoryUser> users = [];
        await foreach (ImmutableArray<DirectoryUser> page in rig.Directory.PagesAsync(default)) users.AddRange(page);
        Assert.That(users.Select(user => user.Uid).Distinct().Count(), Is.EqualTo(2500));
        Assert.That(await rig.Directory.CountAsync(default), Is.EqualTo(2500));
        int phones = 0;
        foreach (DirectoryUser[] twenty in users.Take(300).Chunk(20))
        {
            ImmutableArray<MethodsReading> readings = await rig.Reader.ReadAsync([.. twenty.Select(user => new UserRead(user.Uid))], default);
            Assert.That(readings, Is.All.InstanceOf<MethodsReading.Complete>());
            phones += readings.Sum(reading => ((MethodsReading.Complete)reading).Methods.PhoneCount);
        }

        Assert.That(phones, Is.InRange(150, 330));
        Assert.That(server.Journal.Counts.GetValueOrDefault("batch"), batches ? Is.EqualTo(15) : Is.Zero);
    }

    [Test]
    public async Task A_foreign_link_receives_no_request()
    {
        SandboxSeed seed = new() { Generate = [new SeedGenerator { Count = 1500 }] };
        await using SandboxServer server = await Start(seed, SandboxSettings.Default with { Links = LinkRoot.Foreign });
        using Rig rig = Connect(server);
        TenantException? exception = await Assert.ThrowsAsync<TenantException>(async () =>
        {
            await foreach (ImmutableArray<DirectoryUser> _ in rig.Directory.PagesAsync(default))
            {
            }
        });
        Assert.That(exception!.Error.Kind, Is.EqualTo(ErrorKind.ForeignLink));
    }

    [TestCase("before")]
    [TestCase("after")]
    public async Task A_write_whose_answer_is_lost_reaches_the_tenant_once_at_most(string when)
    {
        foreach (string kind in new[] { "phone.create", "phone.delete" })
        {
            await using SandboxServer server =
                await Start(0, FaultPlan.Parse("""{"rules":[{"match":{"kind":"KIND"},"then":{"drop":"WHEN"}}]}""".Replace("KIND", kind).Replace("WHEN", when)));
            using Rig rig = Connect(server);
            string uid = (await Find(rig, "rich@contoso.com")).Uid;
            Operation operation = kind == "phone.create" ? Some.Add(PhoneType.AlternateMobile) : Some.Delete(PhoneType.Office);
            Assert.That(await rig.Writer.SendAsync(uid, operation, default), Is.InstanceOf<WriteAnswer.Ambiguous>());
            Assert.That(server.Journal.Requests.Count(request => request.Kind == kind), Is.EqualTo(1));
            Assert.That(server.Journal.AppliedWriteCount, Is.EqualTo(when == "after" ? 1 : 0));
        }
    }

    [Test]
    public async Task Masked_numbers_and_the_default_method_are_reported_as_they_are()
    {
        await using SandboxServer server = await Start(0);
        using Rig rig = Connect(server);
        string uid = (await Find(rig, "rich@contoso.com")).Uid;
        Assert.That(await rig.Reader.ReadDefaultAsync(uid, default), Is.EqualTo(DefaultMethod.From(PreferredMethod.Push)));
        await using SandboxServer masking = await Start(SandboxPeople.Seed,
            SandboxSettings.Default with { Permissions = new PermissionSettings { Masking = NumberMasking.Letters } });
        using Rig masked = Connect(masking);
        Assert.That(await masked.ReadOneAsync(uid), Is.InstanceOf<MethodsReading.Failed>().With.Property("Error").Property("Kind").EqualTo(ErrorKind.Masked));
    }

    [Test]
    public async Task Privileged_users_come_from_roles_and_groups()
    {
        await using SandboxServer server = await Start(0);
        using Rig rig = Connect(server);
        PrivilegedReading reading = await rig.Directory.ReadPrivilegedAsync(default);
        Assert.That(reading, Is.InstanceOf<PrivilegedReading.Known>());
        Assert.That(((PrivilegedReading.Known)reading).Uids,
            Is.SupersetOf(new[] { (await Find(rig, "admin@contoso.com")).Uid, (await Find(rig, "member@contoso.com")).Uid }));
        Assert.That(((PrivilegedReading.Known)reading).Uids, Does.Not.Contain((await Find(rig, "empty@contoso.com")).Uid));
    }

    [TestCase("$dollar@contoso.com")]
    [TestCase("guest_fabrikam.com#EXT#@contoso.com")]
    [TestCase("o'hara@contoso.com")]
    public async Task Unusual_names_are_found(string name)
    {
        await using SandboxServer server = await Start(0);
        using Rig rig = Connect(server);
        Assert.That((await Find(rig, name)).PrincipalName, Is.EqualTo(name).IgnoreCase);
    }

    [Test, Explicit("A measurement: prints users per second.")]
    public async Task Reading_twenty_thousand_users()
    {
        SandboxSeed seed = new() { Generate = [new SeedGenerator { Count = 20_000, Mobile = 0.9, Office = 0.3, Authenticator = 0.6, Email = 0.2 }] };
        await using SandboxServer server =
            await SandboxServer.StartAsync(new SandboxOptions { Seed = seed, JournalCapacity = 0, JournalBodies = false }, default);
        using Rig rig = Connect(server);
        List<DirectoryUser> users = [];
        await foreach (ImmutableArray<DirectoryUser> page in rig.Directory.PagesAsync(default)) users.AddRange(page);
        for (int round = 0; round < 3; round++)
        {
            long began = TimeProvider.System.GetTimestamp();
            long allocated = GC.GetTotalAllocatedBytes();
            await Parallel.ForEachAsync(users.Chunk(20), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (twenty, cancellation) =>
                Assert.That(await rig.Reader.ReadAsync([.. twenty.Select(user => new UserRead(user.Uid))], cancellation),
                    Is.All.InstanceOf<MethodsReading.Complete>()));
            double seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            TestContext.Out.WriteLine($"{users.Count / seconds:0} users/s, "
                + $"{(GC.GetTotalAllocatedBytes() - allocated) / users.Count} B/user (client and server)");
        }
    }

    private static Task<SandboxServer> Start(int variation, FaultPlan? faults = null) => SandboxServer.StartAsync(
        new SandboxOptions
        {
            Seed = SandboxPeople.Seed, RandomSeed = variation, Faults = faults ?? FaultPlan.None,
            Settings = variation == 0 ? null : SandboxSettings.Default.Vary(variation),
        },
        default);

    private static Task<SandboxServer> Start(SandboxSeed seed, SandboxSettings settings) =>
        SandboxServer.StartAsync(new SandboxOptions { Seed = seed, Settings = settings }, default);

    private static Rig Connect(SandboxServer server, Func<GraphTenantOptions, GraphTenantOptions>? with = null) =>
        new(null, options => (with ?? (same => same))(options with { Endpoint = server.Address }), TimeProvider.System);

    private static async Task<DirectoryUser> Find(Rig rig, string name) =>
        ((DirectoryAnswer.Found)await rig.Directory.FindAsync(new UserKey(UserKeyKind.Name, name), default)).Users.Single();

    private static async Task<CurrentMethods> Read(Rig rig, string uid, KindSet also = KindSet.None)
    {
        MethodsReading reading = await rig.ReadOneAsync(uid, also);
        return reading is MethodsReading.Complete complete ? complete.Methods : throw new AssertionException(reading.ToString());
    }

    private static async Task<ErrorKind> Refusal(Rig rig, string uid, Operation operation) =>
        await rig.Writer.SendAsync(uid, operation, default) is WriteAnswer.Refused refused
            ? refused.Error.Kind : throw new AssertionException("It was not refused.");
}
