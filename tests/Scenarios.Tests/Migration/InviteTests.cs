using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Migration;

/// <summary><c>migrate invite</c>: the group is checked first, and nothing is written (docs/retirement.md#invite).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class InviteTests
{
    private const string Group = "00000000-0000-4000-8000-0000000000d1";

    [Test]
    public async Task Those_with_only_phones_who_are_not_in_the_group_yet_are_listed()
    {
        await using Stage stage = await StageAsync("{}");
        Answer invite = await stage.RunAsync("migrate", "invite", "--out", "@invited.csv", "--format", "json");
        Answer sales = await stage.RunAsync("migrate", "invite", "--department", "sales", "--format", "json");
        Assert.That((invite.Exit, invite.Document.GetProperty("chosen").GetInt32(), invite.Document.GetProperty("toInvite").GetInt32()),
            Is.EqualTo((0, 2, 1)), $"{invite}");
        Assert.That(sales.Document.GetProperty("chosen").GetInt32(), Is.EqualTo(1));
        Assert.That(File.ReadAllLines(stage.Shell.At("invited.csv")), Is.EqualTo(new[]
        {
            "version:v1.0", "Member object ID or user principal name [memberObjectIdOrUpn] Required",
            stage.Sandbox.Tenant.User("ben@contoso.com").Id.ToString(),
        }));
        Assert.That(stage.NotReads(), Is.Empty);
        Assert.That(invite.Text("wanted"), Does.Contain("nothing"), "the campaign asks everybody");
    }

    [TestCase("""{ "membershipRule": "(user.department -eq \"Sales\")" }""", "dynamic")]
    [TestCase("""{ "onPremisesSyncEnabled": true }""", "on premises")]
    [TestCase("""{ "isAssignableToRole": true }""", "roles")]
    [TestCase("""{ "mailEnabled": true }""", "mail")]
    [TestCase("""{ "securityEnabled": false }""", "security")]
    [TestCase("""{ "licences": [ "00000000-0000-4000-8000-0000000000d9" ] }""", "licences")]
    [TestCase("""{ "applications": [ "Payroll" ] }""", "applications")]
    public async Task A_group_that_confers_more_is_refused(string facts, string why)
    {
        await using Stage stage = await StageAsync(facts);
        Answer invite = await stage.RunAsync("migrate", "invite", "--format", "json");
        Assert.That((invite.Exit, invite.Text("code")), Is.EqualTo((3, "inviteGroupUnfit")), $"{invite}");
        Assert.That(invite.Text("message"), Does.Contain(why));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_group_that_Conditional_Access_names_or_may_name_is_refused(bool readable)
    {
        await using Stage stage = await StageAsync("{}");
        SandboxSettings now = stage.Sandbox.Tenant.Settings;
        stage.Sandbox.Tenant.Settings = readable
            ? now with { Policy = now.Policy with { Access = [new AccessPolicySettings { DisplayName = "MFA", State = "disabled", Exclude = [Group] }] } }
            : now with { Permissions = new PermissionSettings { ConditionalAccess = Access.Forbidden } };
        Answer invite = await stage.RunAsync("migrate", "invite", "--format", "json");
        Assert.That(invite.Text("code"), Is.EqualTo("inviteGroupUnfit"), $"{invite}");
    }

    private static Task<Stage> StageAsync(string facts)
    {
        JsonObject settings = Migrating.Settings();
        settings["Migration"] = new JsonObject { ["InviteGroup"] = Group };
        return Stage.OpenAsync(SeedReader.Parse($$"""
            { "users": [ { "userPrincipalName": "ada@contoso.com", "phones": { "mobile": "+1 2065550101" }, "personal": { "department": "Sales" } },
                { "userPrincipalName": "ben@contoso.com", "phones": { "mobile": "+1 2065550102" } },
                { "userPrincipalName": "cleo@contoso.com", "phones": { "mobile": "+1 2065550103" }, "accountEnabled": false },
                { "userPrincipalName": "dan@contoso.com", "methods": [ { "kind": "fido2" } ] } ],
              "groups": [ { "id": "{{Group}}", "displayName": "Invited", "members": [ "ada@contoso.com" ], "facts": {{facts}} } ],
              "settings": { "policy": { "campaign": "enabled" } } }
            """), settings, new ScenarioTime(beginning: Migrating.Before));
    }
}
