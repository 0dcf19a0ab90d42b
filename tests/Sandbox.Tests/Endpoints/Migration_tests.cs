using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Endpoints;

/// <summary>What moving people away from phones asks a tenant for: a clock, passes and their policy, groups, the use of methods.</summary>
public sealed class Migration_tests
{
    private const string Group = "5a17b0c5-0000-4000-8000-000000000010";
    private const string Outer = "5a17b0c5-0000-4000-8000-000000000011";

    private SandboxTime _time = null!;
    private Stage _stage = null!;

    [SetUp]
    public async Task OpenStage()
    {
        _time = new SandboxTime();
        _stage = await Stage.Open(new SandboxOptions
        {
            Time = _time, Seed = SeedReader.Parse($$"""
            { "users": [ { "userPrincipalName": "a@x.com", "phones": { "mobile": "+1 2065550100", "lastUsed": "2026-11-02T00:00:00Z" },
                "methods": [ { "kind": "fido2", "created": "2026-11-01T00:00:00Z", "properties": { "passkeyType": "synced" } } ] },
              { "userPrincipalName": "b@x.com" } ],
              "groups": [ { "id": "{{Group}}", "displayName": "Invited", "members": [ "b@x.com" ] },
                { "id": "{{Outer}}", "displayName": "Outer", "members": [ "Invited" ],
                  "facts": { "licences": [ "{{Outer}}" ], "applications": [ "Payroll" ] } } ] }
            """),
        });
    }

    [TearDown]
    public async Task CloseStage() => await _stage.DisposeAsync();

    [Test]
    public async Task The_clock_is_set_at_the_start_or_later_and_runs_on()
    {
        Reply set = await _stage.Client.Post("/sandbox/clock", """{ "date": "2027-02-20" }""");
        Assert.That(set.Json.GetProperty("now").GetDateTimeOffset(), Is.EqualTo(new DateTimeOffset(2027, 2, 20, 8, 0, 0, TimeSpan.Zero)));
        _time.Advance(TimeSpan.FromHours(3));
        Assert.That((await _stage.Client.Get("/sandbox/clock")).Json.GetProperty("now").GetDateTimeOffset().Hour, Is.EqualTo(11));
        Assert.That((await _stage.Client.Post("/sandbox/clock", """{ "now": "2027-07-15T12:00:00Z" }""")).Status, Is.EqualTo(200));
        Assert.That(_stage.Server.Clock.GetUtcNow(), Is.EqualTo(new DateTimeOffset(2027, 7, 15, 12, 0, 0, TimeSpan.Zero)));
        Assert.That((await _stage.Client.Post("/sandbox/clock", "{}")).Status, Is.EqualTo(400));

        await using Stage later = await Stage.Open(new SandboxOptions { Seed = new SandboxSeed(), Time = _time, Date = new DateOnly(2027, 1, 31) });
        Assert.That(later.Server.Clock.GetUtcNow(), Is.EqualTo(new DateTimeOffset(2027, 1, 31, 11, 0, 0, TimeSpan.Zero)));
    }

    [Test]
    public async Task A_pass_expires_by_the_clock()
    {
        Reply created = await _stage.Client.Post("/v1.0/users/a@x.com/authentication/temporaryAccessPassMethods", """{ "lifetimeInMinutes": 60 }""");
        Assert.That(created.Json.GetProperty("isUsable").GetBoolean(), Is.True);
        await _stage.Client.Post("/sandbox/clock", """{ "date": "2026-11-21" }""");
        Assert.That(await Usability("a@x.com"), Is.EqualTo("Expired"));
    }

    [TestCase(9, false, 400)]
    [TestCase(10, true, 201)]
    [TestCase(10, false, 400)]
    [TestCase(480, true, 201)]
    [TestCase(481, true, 400)]
    public async Task A_pass_keeps_the_terms_of_the_policy(int minutes, bool once, int status)
    {
        Policy(policy => policy with { Pass = new PassPolicySettings { MinimumLifetimeInMinutes = 10, UsableOnce = true } });
        Reply reply = await _stage.Client.Post("/v1.0/users/a@x.com/authentication/temporaryAccessPassMethods",
            $$"""{ "lifetimeInMinutes": {{minutes}}, "isUsableOnce": {{(once ? "true" : "false")}} }""");
        Assert.That(reply.Status, Is.EqualTo(status));
        JsonElement terms = (await _stage.Client.Get("/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/temporaryAccessPass")).Json;
        Assert.That(terms.GetProperty("maximumLifetimeInMinutes").GetInt32(), Is.EqualTo(480));
    }

    [Test]
    public async Task A_pass_is_created_outside_the_policy_too_and_only_cannot_be_used()
    {
        Policy(policy => policy with
        {
            Methods = ImmutableSortedDictionary<string, MethodPolicySettings>.Empty.Add("TemporaryAccessPass", new() { Include = [Group] }),
        });
        Assert.That((await _stage.Client.Post("/v1.0/users/a@x.com/authentication/temporaryAccessPassMethods", "{}")).Status, Is.EqualTo(201));
        Assert.That(await Usability("a@x.com"), Is.EqualTo("DisabledByPolicy"));
        await _stage.Client.Post("/v1.0/users/b@x.com/authentication/temporaryAccessPassMethods", "{}");
        Assert.That(await Usability("b@x.com"), Is.EqualTo("EnabledByPolicy"));
        Policy(policy => policy with { PassOutsidePolicy = Tolerance.Refuse });
        Assert.That((await _stage.Client.Post("/v1.0/users/a@x.com/authentication/temporaryAccessPassMethods", "{}")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Beta_alone_names_the_last_use_and_a_sign_in_moves_it()
    {
        JsonElement[] methods = (await _stage.Client.Get("/beta/users/a@x.com/authentication/methods")).Value;
        Assert.That(methods.Select(m => m.TryGetProperty("lastUsedDateTime", out JsonElement used) ? used.GetString() : "none"),
            Is.EqualTo(new[] { "none", "2026-11-02T00:00:00Z", null }));
        Assert.That((await _stage.Client.Post("/sandbox/changes", """{ "user": "a@x.com", "useMethods": "fido2" }""")).Status, Is.EqualTo(204));
        methods = (await _stage.Client.Get("/beta/users/a@x.com/authentication/methods")).Value;
        Assert.That(methods[2].GetProperty("lastUsedDateTime").GetString(), Is.EqualTo("2026-11-20T08:00:00Z"));
        Assert.That((await _stage.Client.Get("/v1.0/users/a@x.com/authentication/methods")).Text, Does.Not.Contain("lastUsedDateTime"));
        Assert.That((await _stage.Client.Get("/v1.0/reports/authenticationMethods/userRegistrationDetails/a@x.com")).Text, Does.Contain("passKeySynced"));
    }

    [Test]
    public async Task A_pass_for_one_use_is_used_once()
    {
        await _stage.Client.Post("/v1.0/users/a@x.com/authentication/temporaryAccessPassMethods", """{ "isUsableOnce": true }""");
        _stage.Tenant.Change("a@x.com", new TenantChange.UseMethods(StoredMethodKind.TemporaryAccessPass));
        Assert.That(await Usability("a@x.com"), Is.EqualTo("OneTimeUsed"));
    }

    [Test]
    public async Task A_group_says_what_it_is_and_what_it_confers()
    {
        JsonElement group = (await _stage.Client.Get($"/v1.0/groups/{Outer}?$select=id,securityEnabled,groupTypes,membershipRule,assignedLicenses")).Json;
        Assert.That(group.GetProperty("securityEnabled").GetBoolean(), Is.True);
        Assert.That(group.GetProperty("assignedLicenses").GetArrayLength(), Is.EqualTo(1));
        Assert.That((await _stage.Client.Get($"/v1.0/groups/{Outer}/appRoleAssignments")).Value[0].GetProperty("resourceDisplayName").GetString(),
            Is.EqualTo("Payroll"));
        Assert.That((await _stage.Client.Get($"/v1.0/groups/{Group}/transitiveMemberOf")).Value[0].GetProperty("id").GetString(), Is.EqualTo(Outer));
    }

    [Test]
    public async Task Members_are_added_and_removed_once()
    {
        string id = _stage.Tenant.User("a@x.com").Id.ToString();
        string reference = $$"""{ "@odata.id": "https://graph.microsoft.com/v1.0/directoryObjects/{{id}}" }""";
        Assert.That((await _stage.Client.Post($"/v1.0/groups/{Group}/members/$ref", reference)).Status, Is.EqualTo(204));
        Reply again = await _stage.Client.Post($"/v1.0/groups/{Group}/members/$ref", reference);
        Assert.That((again.Status, again.Message), Is.EqualTo((400,
            "One or more added object references already exist for the following modified properties: 'members'.")));
        Assert.That(_stage.Tenant.Members(Guid.Parse(Group)), Has.Length.EqualTo(2));
        Assert.That((await _stage.Client.Delete($"/v1.0/groups/{Group}/members/{id}/$ref")).Status, Is.EqualTo(204));
        Assert.That((await _stage.Client.Delete($"/v1.0/groups/{Group}/members/{id}/$ref")).Status, Is.EqualTo(404));
        Assert.That(_stage.Server.Journal.AppliedWrites.Select(w => w.Kind), Is.EqualTo(new[] { "group.add", "group.remove" }));
    }

    [Test]
    public async Task Groups_keep_their_facts_and_methods_their_past_when_the_state_is_saved()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"migration-{Guid.NewGuid():N}.json");
        await using (Stage first = await Stage.Open(new SandboxOptions { Seed = EmbeddedSeeds.Migration(), StatePath = path }))
            await first.Server.SaveAsync(default);
        await using Stage second = await Stage.Open(new SandboxOptions { StatePath = path });
        JsonElement group = (await second.Client.Get("/v1.0/groups/5a17b0c5-0000-4000-8000-000000000011")).Json;
        Assert.That(group.GetProperty("groupTypes")[0].GetString(), Is.EqualTo("DynamicMembership"));
        SandboxSeed seed = EmbeddedSeeds.Migration();
        SeedUser person = seed.Users.First(u => u.Methods.Any(m => m.LastUsed is not null));
        Assert.That(second.Tenant.User(person.UserPrincipalName).Credentials.Others[0].LastUsed, Is.EqualTo(person.Methods[0].LastUsed));
        Assert.That(second.Tenant.User(person.UserPrincipalName).Credentials.Others[0].Created, Is.EqualTo(person.Methods[0].Created));
        File.Delete(path);
    }

    private void Policy(Func<MethodsPolicySettings, MethodsPolicySettings> change) =>
        _stage.Tenant.Settings = _stage.Tenant.Settings with { Policy = change(_stage.Tenant.Settings.Policy) };

    private async Task<string?> Usability(string user) =>
        (await _stage.Client.Get($"/v1.0/users/{user}/authentication/temporaryAccessPassMethods")).Value[0].GetProperty("methodUsabilityReason").GetString();
}
