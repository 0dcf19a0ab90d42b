using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Scenarios.Tests.Evidence;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Migration;

/// <summary>A step of <c>migrate</c> writes with a token that may do what the step needs and nothing else (docs/permissions.md#steps-of-migrate).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StepCredentialTests
{
    private const string Preferences = "UserAuthenticationMethod.ReadWrite.All";
    private const string Phones = "UserAuthMethod-Phone.ReadWrite.All";

    [TestCase("roles", Preferences, Phones)]
    [TestCase("roles", Preferences, Phones, "User.Read.All", "User.ReadBasic.All", "AuditLog.Read.All", "Mail.ReadBasic.All")]
    [TestCase("scp", Preferences, Phones, "openid", "profile", "offline_access", "User.Read")]
    public async Task A_token_of_the_step_writes(string claim, params string[] roles)
    {
        await using Stage stage = await PlannedAsync(claim, roles);

        Answer applied = await stage.ApplyAsync(approved: false);

        Assert.That(applied.Exit, Is.Zero, $"{applied}");
        Assert.That(stage.Sandbox.Tenant.User("ada@contoso.com").Credentials.Default, Is.EqualTo(SignInPreference.Push));
    }

    [TestCase("roles", "UserAuthMethod-TAP.ReadWrite.All")]
    [TestCase("roles", "User-PasswordProfile.ReadWrite.All")]
    [TestCase("roles", "Directory.ReadWrite.All")]
    [TestCase("roles", "GroupMember.ReadWrite.All")]
    [TestCase("roles", "User.EnableDisableAccount.All")]
    [TestCase("roles", "Mail.Send")]
    [TestCase("roles", "full_access_as_app")]
    [TestCase("scp", "Directory.AccessAsUser.All")]
    public async Task A_token_with_one_role_too_many_writes_nothing(string claim, string surplus)
    {
        await using Stage stage = await PlannedAsync(claim, Preferences, Phones, surplus);

        Answer applied = await stage.ApplyAsync(approved: false);
        Answer doctor = await stage.RunAsync("doctor");

        Assert.That((applied.Exit, applied.Text("code")), Is.EqualTo((3, "overPrivileged")), $"{applied}");
        Assert.That(applied.Text("message"), Does.Contain(surplus).And.Contain("Nothing was written"));
        Assert.That(doctor.Output, Does.Match("error +defaultToken .*" + surplus));
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task What_a_token_may_do_beyond_the_step_can_be_allowed()
    {
        await using Stage stage = await PlannedAsync("roles", Preferences, Phones, "Directory.ReadWrite.All");
        Configure(stage, "roles", [Preferences, Phones, "Directory.ReadWrite.All"], "Allow");

        Assert.That((await stage.ApplyAsync(approved: false)).Exit, Is.Zero);
    }

    [Test]
    public async Task Doctor_says_what_a_step_lacks()
    {
        await using Stage stage = await PlannedAsync("roles", Phones);

        Assert.That((await stage.RunAsync("doctor")).Output, Does.Match("ok +defaultToken .*does not name " + Preferences));
    }

    [TestCase(0, "GroupMember.ReadWrite.All")]
    [TestCase(3, "GroupMember.ReadWrite.All", Phones)]
    [TestCase(3, "GroupMember.ReadWrite.All", "Group.ReadWrite.All")]
    public async Task Invitations_are_written_and_taken_back_by_a_token_for_groups_alone(int exit, params string[] roles)
    {
        await using Stage stage = await Migrating.StageAsync();
        Configure(stage, "roles", roles, "Refuse", "Invite");
        stage.Shell.Write("who.txt", "cleo@contoso.com\n");
        await stage.PlanAsync("invite", "--users", "@who.txt");

        Answer applied = await stage.ApplyAsync(approved: true);
        bool isIn = stage.Sandbox.Tenant.Members(Guid.Parse(Migrating.Pilot)).Contains(stage.Sandbox.Tenant.User("cleo@contoso.com").Id);

        Assert.That((applied.Exit, isIn), Is.EqualTo((exit, exit == 0)), $"{applied}");
        if (exit == 0)
        {
            await stage.AsAsync("kim", "undo", applied.Text("runId") ?? "", "--out", "@plan.json");
            Configure(stage, "roles", [.. roles, Phones], "Refuse", "Invite");
            Assert.That((await stage.ApplyAsync(approved: true)).Text("code"), Is.EqualTo("overPrivileged"), "the undo has the same credential");
            Configure(stage, "roles", roles, "Refuse", "Invite");
            Assert.That((await stage.ApplyAsync(approved: false)).Exit, Is.Zero);
            Assert.That(stage.Sandbox.Tenant.Members(Guid.Parse(Migrating.Pilot)), Has.Length.EqualTo(1));
        }
        else
        {
            Assert.That(applied.Text("code"), Is.EqualTo("overPrivileged"));
        }
    }

    private static async Task<Stage> PlannedAsync(string claim, params string[] roles)
    {
        Stage stage = await Migrating.StageAsync();
        Configure(stage, claim, roles, "Refuse");
        await stage.PlanAsync("default");
        return stage;
    }

    private static void Configure(Stage stage, string claim, string[] roles, string surplus, string step = "Default")
    {
        JsonObject settings = Migrating.Settings();
        string tenantId = stage.Sandbox.Tenant.TenantId.ToString();
        settings["StepCredentials"] = new JsonObject
        {
            [step] = new JsonObject { ["Kind"] = "StaticToken", ["Token"] = Token(tenantId, claim, roles) }, ["Surplus"] = surplus,
        };
        settings["Migration"] = new JsonObject { ["InviteGroup"] = Migrating.Pilot };
        stage.Shell.Configure(stage.Sandbox.Address.GetLeftPart(UriPartial.Authority), tenantId, settings);
    }

    private static string Token(string tenantId, string claim, string[] roles)
    {
        JsonObject claims = new() { ["tid"] = tenantId, ["appid"] = "step", ["idtyp"] = claim == "roles" ? "app" : "user" };
        claims[claim] = claim == "roles" ? new JsonArray([.. roles.Select(role => (JsonNode?)role)]) : string.Join(' ', roles);
        return $"{Part("{\"alg\":\"none\"}")}.{Part(claims.ToJsonString())}.x";

        static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }
}
