using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Endpoints;

/// <summary>What a report on readiness asks a tenant for.</summary>
public sealed class Readiness_tests
{
    private const string Report = "/v1.0/reports/authenticationMethods/userRegistrationDetails";

    [Test]
    public async Task The_registration_report_leaves_disabled_users_out()
    {
        await using Stage stage = await Open("""
            { "users": [ { "userPrincipalName": "a@x.com" }, { "userPrincipalName": "b@x.com", "accountEnabled": false } ] }
            """);
        Reply reply = await stage.Client.Get(Report);
        Assert.That(reply.Value.Select(r => r.GetProperty("userPrincipalName").GetString()), Is.EqualTo(new[] { "a@x.com" }));
    }

    [Test]
    public async Task The_last_sign_in_needs_a_licence_and_the_rest_of_a_person_does_not()
    {
        await using Stage stage = await Open("""
            { "users": [ { "userPrincipalName": "boss@x.com", "displayName": "Boss" },
              { "userPrincipalName": "p_y.com#EXT#@x.com", "personal": { "department": "IT", "manager": "boss@x.com",
                "lastSignIn": "2026-11-01T00:00:00Z" } } ] }
            """);
        const string Select = "/v1.0/users?$select=id,department,identities&$expand=manager($select=displayName)";
        JsonElement person = (await stage.Client.Get(Select)).Value[1];
        Assert.That(person.GetProperty("department").GetString(), Is.EqualTo("IT"));
        Assert.That(person.GetProperty("manager").GetProperty("displayName").GetString(), Is.EqualTo("Boss"));
        Assert.That(person.GetProperty("identities")[0].GetProperty("signInType").GetString(), Is.EqualTo("federated"));
        Assert.That((await stage.Client.Get("/v1.0/users?$select=id,signInActivity")).Value[1].TryGetProperty("signInActivity", out _), Is.True);

        stage.Tenant.Settings = stage.Tenant.Settings with { Reports = new ReportSettings { Licensed = false } };

        Assert.That((await stage.Client.Get("/v1.0/users?$select=id,signInActivity")).Status, Is.EqualTo(403));
        Assert.That((await stage.Client.Get(Select)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Methods_are_targeted_at_groups_and_the_opt_out_is_reported_by_beta_only()
    {
        await using Stage stage = await Stage.Open(SandboxSettings.Default with
        {
            Policy = new MethodsPolicySettings
            {
                OptedOut = true, Campaign = "enabled",
                Methods = ImmutableSortedDictionary<string, MethodPolicySettings>.Empty.Add("Sms",
                    new() { Include = ["g1"], Exclude = ["g2"], SignIn = ["g1"] }),
            },
        });
        JsonElement policy = (await stage.Client.Get("/v1.0/policies/authenticationMethodsPolicy")).Json;
        JsonElement sms = policy.GetProperty("authenticationMethodConfigurations").EnumerateArray().Single(m => m.GetProperty("id").GetString() == "Sms");
        Assert.That(sms.GetProperty("includeTargets")[0].GetProperty("isUsableForSignIn").GetBoolean(), Is.True);
        Assert.That(sms.GetProperty("excludeTargets")[0].GetProperty("id").GetString(), Is.EqualTo("g2"));
        Assert.That(policy.TryGetProperty("optOutSettings", out _), Is.False);
        JsonElement beta = (await stage.Client.Get("/beta/policies/authenticationMethodsPolicy")).Json;
        Assert.That(beta.GetProperty("optOutSettings").GetProperty("passkeyDynamicMigration").GetBoolean(), Is.True);
    }

    [TestCase(true, 200)]
    [TestCase(false, 400)]
    public async Task Eligible_roles_need_a_licence(bool licensed, int status)
    {
        await using Stage stage = await Open("""
            { "users": [ { "userPrincipalName": "a@x.com" } ], "roleEligibilities": [ { "role": "GlobalAdministrator", "principal": "a@x.com" } ] }
            """);
        stage.Tenant.Settings = stage.Tenant.Settings with { Eligibilities = licensed };
        Reply reply = await stage.Client.Get("/v1.0/roleManagement/directory/roleEligibilityScheduleInstances");
        Assert.That(reply.Status, Is.EqualTo(status));
        if (licensed) Assert.That(reply.Value, Has.Length.EqualTo(1));
    }

    [Test]
    public void The_seed_migration_is_always_the_same_tenant_with_people_of_every_kind()
    {
        SandboxSeed seed = EmbeddedSeeds.Migration();
        SandboxSeed again = EmbeddedSeeds.Migration();
        Assert.That(seed.Users, Has.Length.EqualTo(10_000));
        Assert.That(again.Users.Select(u => (u.UserPrincipalName, u.Default, u.AccountEnabled)),
            Is.EqualTo(seed.Users.Select(u => (u.UserPrincipalName, u.Default, u.AccountEnabled))));
        Assert.That(seed.Users.SelectMany(u => u.Methods).Select(m => m.Kind).Distinct(),
            Is.SupersetOf(new[] { "fido2", "windowsHello", "external", "future", "qrCodePin" }));
        Assert.That(seed.Users.Count(u => !u.AccountEnabled), Is.Positive);
        Assert.That(seed.Groups.Select(g => g.Members.Length), Has.All.Positive);
    }

    private static Task<Stage> Open(string seed) => Stage.Open(new SandboxOptions { Seed = SeedReader.Parse(seed) });
}
