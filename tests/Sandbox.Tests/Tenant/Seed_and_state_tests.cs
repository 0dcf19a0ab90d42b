using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Tenant;

public sealed class Seed_and_state_tests
{
    [Test]
    public async Task The_state_survives_a_restart_and_only_its_owner_may_read_it()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        SandboxOptions options = new SandboxOptions { StatePath = Path.Combine(folder.Path, "deep", "state.json") };
        string before = "";
        await using (Stage first = await Stage.Open(options))
        {
            SandboxUser ada = first.Tenant.User("ada@contoso.com");
            Assert.That((await first.Client.Post($"/v1.0/users/{ada.Id}/authentication/phoneMethods",
                """{"phoneNumber":"+1 2065550100","phoneType":"mobile"}""")).Status, Is.EqualTo(201));
            first.Tenant.Change("ben@contoso.com", new TenantChange.RemoveUser());
            before = await Everything(first);
        }
        await using (Stage second = await Stage.Open(options))
        {
            Assert.That(second.Tenant.User("ada@contoso.com").Mobile, Is.EqualTo("+1 2065550100"));
            Assert.That(second.Tenant.Find("ben@contoso.com"), Is.Null);
            Assert.That(await Everything(second), Is.EqualTo(before));
        }
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(options.StatePath), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task A_write_reaches_the_file_soon_without_an_orderly_end()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        SandboxTime time = new SandboxTime();
        string path = Path.Combine(folder.Path, "state.json");
        await using Stage stage = await Stage.Open(new SandboxOptions { StatePath = path, Time = time });
        stage.Tenant.Change("ada@contoso.com", new TenantChange.SetPhone(PhoneSlot.Office, "+1 2065550177"));
        while (!File.Exists(path))
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
        Assert.That(await File.ReadAllTextAsync(path), Does.Contain("+1 2065550177"));
    }

    [Test]
    public async Task A_save_that_was_cut_short_leaves_the_change_to_the_next_one()
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "state.json");
        await using Stage stage = await Stage.Open(new SandboxOptions { StatePath = path, Time = new SandboxTime() });
        stage.Tenant.Change("ada@contoso.com", new TenantChange.SetPhone(PhoneSlot.Office, "+1 2065550177"));
        Directory.CreateDirectory(path + ".new"); // Where the draft would be written.

        Assert.That(() => stage.Server.SaveAsync(CancellationToken.None), Throws.Exception);
        Directory.Delete(path + ".new");
        await stage.Server.SaveAsync(CancellationToken.None);

        Assert.That(await File.ReadAllTextAsync(path), Does.Contain("+1 2065550177"));
    }

    [Test]
    public async Task Settings_are_part_of_the_state([Range(0, 4)] int seed)
    {
        using TemporaryFolder folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "state.json");
        SandboxSettings settings = SandboxSettings.Default.Vary(seed) with { Reports = new ReportSettings { AuditDelay = TimeSpan.FromHours(3) } };
        await (await SandboxServer.StartAsync(new SandboxOptions { StatePath = path, Settings = settings }, CancellationToken.None)).DisposeAsync();
        await using Stage again = await Stage.Open(new SandboxOptions { StatePath = path });
        Assert.That(again.Tenant.Settings, Is.EqualTo(settings));
    }

    private static async Task<string> Everything(Stage stage)
    {
        List<string> all = new List<string>();
        foreach (SandboxUser user in stage.Tenant.Users)
        {
            all.Add(WithoutPass((await stage.Client.Get($"/beta/users/{user.Id}/authentication/methods")).Text));
            all.Add((await stage.Client.Get(
                $"/v1.0/users/{user.Id}?$select=id,userPrincipalName,displayName,mail,employeeId,accountEnabled,userType,onPremisesSyncEnabled")).Text);
        }
        all.Add((await stage.Client.Get("/v1.0/roleManagement/directory/roleAssignments")).Text);
        return string.Join('\n', all);
    }

    // When a phone was created is not part of a seed.
    private static string WithoutPass(string json) => System.Text.RegularExpressions.Regex.Replace(json, "\"createdDateTime\":(null|\"[^\"]*\")", "");

    [Test]
    public async Task Generated_users_are_the_same_every_time()
    {
        SandboxSeed seed = new SandboxSeed
        {
            Generate = [new SeedGenerator { Count = 500, Mobile = 0.5,
            AlternateMobile = 0.2, Office = 0.3, Authenticator = 0.4, Email = 0.1 }]
        };
        await using Stage first = await Stage.Open(new SandboxOptions { Seed = seed });
        await using Stage second = await Stage.Open(new SandboxOptions { Seed = seed });
        Assert.That(first.Tenant.Users.Select(Line), Is.EqualTo(second.Tenant.Users.Select(Line)));
        Assert.That(first.Tenant.Users.Count(u => u.Mobile is not null), Is.InRange(200, 300));
        Assert.That(first.Tenant.Users, Has.All.Matches<SandboxUser>(u => u!.AlternateMobile is null || u.Mobile is not null));
        static string Line(SandboxUser u) => $"{u.Id} {u.UserPrincipalName} {u.Mobile} {u.AlternateMobile} {u.Office} {u.Email} {u.Credentials.Default}";
    }

    [TestCase("""{ "users": [ { "userPrincipalName": "a@x", "phonez": {} } ] }""", "phonez")]
    [TestCase("""{ "users": [ { "displayName": "a" } ] }""", "userPrincipalName")]
    [TestCase("{ \"users\": [\n\n 7 ] }", "line 3")]
    [TestCase("""{ "users": [ { "userPrincipalName": "a@x" }, { "userPrincipalName": "A@X" } ] }""", "twice")]
    [TestCase("""{ "users": [ { "userPrincipalName": "a@x", "phones": { "alternateMobile": "+1 2065550100" } } ] }""", "without a mobile")]
    [TestCase("""{ "users": [ { "userPrincipalName": "a@x", "methods": [ { "kind": "telepathy" } ] } ] }""", "telepathy")]
    [TestCase("""{ "users": [ { "userPrincipalName": "a@x", "default": "pigeon" } ] }""", "pigeon")]
    [TestCase("""{ "groups": [ { "displayName": "g", "members": [ "nobody@x" ] } ] }""", "nobody@x")]
    [TestCase("""{ "roleAssignments": [ { "role": "King", "principal": "00000000-0000-0000-0000-000000000001" } ] }""", "King")]
    [TestCase("""{ "settings": { "cloud": "mars" } }""", "$.settings.cloud")]
    public void A_seed_that_cannot_be_used_says_where_and_why(string json, string said) =>
        Assert.That(async () => await (await SandboxServer.StartAsync(new SandboxOptions { Seed = SeedReader.Parse(json) },
            CancellationToken.None)).DisposeAsync(),
            Throws.InstanceOf<SandboxSeedException>().With.Message.Contains(said));

    [TestCase("http://0.0.0.0:18080")]
    [TestCase("http://192.0.2.1:18080")]
    [TestCase("http://sandbox.example.org:18080")]
    [TestCase("https://127.0.0.1:18443")]
    [TestCase("nonsense")]
    public void Only_loopback_over_plain_http_is_listened_on(string urls) =>
        Assert.That(async () => await SandboxServer.StartAsync(new SandboxOptions { Urls = urls }, CancellationToken.None),
            Throws.InstanceOf<SandboxSeedException>());

    [Test]
    public async Task One_token_may_be_demanded()
    {
        await using Stage stage = await Stage.Open(new SandboxOptions { Token = "right" }, token: "wrong");
        Assert.That((await stage.Client.Get("/v1.0/users")).Status, Is.EqualTo(401));
        using GraphClient right = new GraphClient(stage.Server.Address, "right");
        Assert.That((await right.Get("/v1.0/users")).Status, Is.EqualTo(200));
    }
}

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sandbox-").FullName;
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
