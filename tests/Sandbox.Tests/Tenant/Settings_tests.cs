using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Tenant;

public sealed class Settings_tests
{
    private static string Methods(SandboxUser user, string rest = "methods") => $"/v1.0/users/{user.Id}/authentication/{rest}";

    [TestCase(SandboxCloud.Global, "methods phoneMethods emailMethods fido2Methods microsoftAuthenticatorMethods externalAuthenticationMethods", "")]
    [TestCase(SandboxCloud.UsGov, "methods phoneMethods emailMethods fido2Methods microsoftAuthenticatorMethods", "externalAuthenticationMethods")]
    [TestCase(SandboxCloud.China, "phoneMethods microsoftAuthenticatorMethods platformCredentialMethods",
        "methods emailMethods fido2Methods softwareOathMethods temporaryAccessPassMethods")]
    public async Task Each_cloud_has_its_own_segments(SandboxCloud cloud, string has, string lacks)
    {
        await using Stage stage = await Stage.Open(new SandboxSettings { Cloud = cloud });
        SandboxUser user = stage.Add("kim");
        foreach (string segment in has.Split(' '))
            Assert.That((await stage.Client.Get(Methods(user, segment))).Status, Is.EqualTo(200), segment);
        foreach (string segment in lacks.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            Assert.That((await stage.Client.Get(Methods(user, segment))).Status, Is.EqualTo(400), segment);
    }

    [Test]
    public async Task Permissions_close_what_they_are_about_and_nothing_else()
    {
        await using Stage stage = await Stage.Open(new SandboxSettings
        {
            Permissions = new PermissionSettings
            {
                Roles = Access.Forbidden, Audit = Access.Forbidden, Reports = Access.Forbidden,
                Preferences = Access.NotFound, PrivilegedWrites = Access.Forbidden,
            },
        });
        (SandboxUser? user, SandboxUser? admin) = (stage.Add("kim"), stage.Add("root", admin: true));
        const string Phone = """{"phoneNumber":"+1 2065550100","phoneType":"mobile"}""";
        Assert.That((await stage.Client.Get("/v1.0/roleManagement/directory/roleAssignments")).ErrorCode, Is.EqualTo("Authorization_RequestDenied"));
        Assert.That((await stage.Client.Get("/v1.0/auditLogs/directoryAudits")).Status, Is.EqualTo(403));
        Assert.That((await stage.Client.Get("/v1.0/reports/authenticationMethods/userRegistrationDetails")).Status, Is.EqualTo(403));
        Assert.That((await stage.Client.Get($"/beta/users/{user.Id}/authentication/signInPreferences")).Status, Is.EqualTo(400));
        Assert.That((await stage.Client.Get(Methods(admin))).Status, Is.EqualTo(200));
        Assert.That((await stage.Client.Post(Methods(admin, "phoneMethods"), Phone)).ErrorCode, Is.EqualTo("accessDenied"));
        Assert.That((await stage.Client.Post(Methods(user, "phoneMethods"), Phone)).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task Settings_can_be_replaced_while_the_server_runs()
    {
        await using Stage stage = await Stage.Open();
        SandboxUser user = stage.Add("kim", mobile: "+1 2065550100", office: "+1 2065550101");
        stage.Tenant.Settings = stage.Tenant.Settings with { Permissions = new PermissionSettings { Masking = NumberMasking.Asterisks }, MethodsPageSize = 2 };
        Reply first = await stage.Client.Get(Methods(user));
        Assert.That(first.Value[1].GetProperty("phoneNumber").GetString(), Is.EqualTo("+1 ********00"));
        Assert.That((await stage.Client.Get(first.NextLink!)).Value, Has.Length.EqualTo(1));
        stage.Tenant.Settings = stage.Tenant.Settings with { Permissions = new PermissionSettings { Consent = false } };
        Assert.That((await stage.Client.Get(Methods(user))).Status, Is.EqualTo(403));
    }

    [TestCase(LinkRoot.Graph, "https://graph.microsoft.com/v1.0/users?")]
    [TestCase(LinkRoot.Foreign, "https://graph.example.net/v1.0/users?")]
    public async Task Links_may_name_another_origin(LinkRoot links, string begins)
    {
        await using Stage stage = await Stage.Open(new SandboxOptions { Settings = new SandboxSettings { Links = links } });
        Assert.That((await stage.Client.Get("/v1.0/users?$top=1")).Json.GetProperty("@odata.nextLink").GetString(), Does.StartWith(begins));
    }

    [Test]
    public async Task However_the_unknown_is_varied_the_verified_rules_hold([Range(0, 24)] int seed)
    {
        await using Stage stage = await Stage.Open(SandboxSettings.Default.Vary(seed));
        SandboxUser user = stage.Add("kim");
        string phones = Methods(user, "phoneMethods");
        string Body(string type) => $$"""{"phoneNumber":"+1 2065550100","phoneType":"{{type}}"}""";
        Assert.That((await stage.Client.Post(phones, Body("alternateMobile"))).Status, Is.InRange(400, 499));
        Assert.That((await stage.Client.Post(phones, Body("mobile"))).Status, Is.EqualTo(201));
        Assert.That((await stage.Client.Post(phones, Body("mobile"))).Status, Is.InRange(400, 499));
        Assert.That((await stage.Client.Post(phones, Body("alternateMobile"))).Status, Is.EqualTo(201));
        Reply refused = await stage.Client.Delete($"{phones}/{SlotNames.MobileId}");
        Assert.That(refused.Message, Does.Contain("without first deleting alternate mobile number"));
        Assert.That(user.Mobile!.Replace(" ", "", StringComparison.Ordinal), Is.EqualTo("+12065550100"));
        SandboxSettings again = SandboxSettings.Default.Vary(seed);
        Assert.That(again, Is.EqualTo(stage.Tenant.Settings), "the same seed gives the same tenant");
    }

    [Test]
    public async Task Replicas_may_show_the_state_before_a_write_for_a_while()
    {
        SandboxTime time = new SandboxTime();
        await using Stage stage = await Stage.Open(new SandboxSettings { ReadLag = new ReadLagSettings { Time = TimeSpan.FromSeconds(5) } }, time);
        SandboxUser user = stage.Add("kim");
        string phones = Methods(user, "phoneMethods");
        await stage.Client.Post(phones, """{"phoneNumber":"+1 2065550100","phoneType":"mobile"}""");
        Assert.That(((await stage.Client.Get(phones)).Value.Length, user.Mobile), Is.EqualTo((0, "+1 2065550100")), "read late, written at once");
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.That((await stage.Client.Get(phones)).Value, Has.Length.EqualTo(1));
    }

    [TestCase(FirstPhoneDefault.WhenNone, null, SignInPreference.Sms)]
    [TestCase(FirstPhoneDefault.WhenNone, "push", SignInPreference.Push)]
    [TestCase(FirstPhoneDefault.Never, null, null)]
    [TestCase(FirstPhoneDefault.Always, "push", SignInPreference.Sms)]
    public async Task A_first_phone_may_become_the_default(FirstPhoneDefault setting, string? before, SignInPreference? after)
    {
        await using Stage stage = await Stage.Open(new SandboxSettings { FirstPhoneBecomesDefault = setting });
        SandboxUser user = stage.Add("kim", defaultMethod: before, methods: before is null ? [] : [new SeedMethod { Kind = "microsoftAuthenticator" }]);
        await stage.Client.Post(Methods(user, "phoneMethods"), """{"phoneNumber":"+1 2065550100","phoneType":"mobile"}""");
        Assert.That(user.Credentials.Default, Is.EqualTo(after));
    }

    [Test]
    public async Task The_same_number_in_two_slots_is_refused_where_the_settings_say_so()
    {
        await using Stage stage = await Stage.Open(new SandboxSettings { SameNumberInTwoSlots = Tolerance.Refuse });
        SandboxUser user = stage.Add("kim", mobile: "+1 2065550100", office: "+1 2065550101");
        Assert.That((await stage.Client.Post(Methods(user, "phoneMethods"), """{"phoneNumber":"+12065550100","phoneType":"alternateMobile"}""")).Status,
            Is.EqualTo(400));
        Assert.That((await stage.Client.Patch(Methods(user, "phoneMethods/" + SlotNames.OfficeId), """{"phoneNumber":"+1 2065550100"}""")).Status,
            Is.EqualTo(400));
        Assert.That((user.AlternateMobile, user.Office), Is.EqualTo(((string?)null, "+1 2065550101")));
    }
}
