using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Readiness;
using ProvisioningConnector.Graph.Tests.Support;

namespace ProvisioningConnector.Graph.Tests.Readiness;

/// <summary>Servers that know less than Microsoft Graph, and tenants that may read less, are asked more plainly; what is left out is named.</summary>
public sealed class ReadinessReaderTests
{
    private const string Person = """{"value":[{"id":"u1","userPrincipalName":"a@contoso.com","userType":"Member","accountEnabled":true}]}""";

    [TestCase(403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "premium license", "signInActivity", "lastSignIn")]
    [TestCase(403, "Authorization_RequestDenied", "Insufficient privileges", "signInActivity", "lastSignIn")]
    [TestCase(400, "BadRequest", "Could not find a property named 'signInActivity'", "signInActivity", "lastSignIn")]
    public async Task A_column_that_is_refused_is_asked_for_once(int status, string code, string message, string column, string left)
    {
        StubGraph stub = new((seen, _) => seen.Path.Contains(column, StringComparison.Ordinal)
            ? StubGraph.Error(status, code, message) : StubGraph.Json(200, Person));
        using Rig rig = new(stub);

        List<PeoplePage> pages = await AllAsync(new GraphReadinessReader(rig.Connection).PeopleAsync(lastSignIn: true, default));

        Assert.That(pages.Single().People.Single().PrincipalName, Is.EqualTo("a@contoso.com"));
        Assert.That(pages.Single().LeftOut.Select(c => c.Name), Is.EqualTo(new[] { left }));
        Assert.That(stub.Seen.Count(seen => seen.Path.Contains(column, StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_server_without_expand_and_identities_still_lists_people()
    {
        StubGraph stub = new((seen, _) => seen.Path.Contains("expand", StringComparison.Ordinal) || seen.Path.Contains("identities", StringComparison.Ordinal)
            ? StubGraph.Error(400, "BadRequest", "unsupported") : StubGraph.Json(200, Person));
        using Rig rig = new(stub);

        List<PeoplePage> pages = await AllAsync(new GraphReadinessReader(rig.Connection).PeopleAsync(lastSignIn: false, default));

        Assert.That(pages.Single().LeftOut.Select(c => c.Name), Is.EqualTo(new[] { "manager", "kind (identities)" }));
        Assert.That(pages.Single().People.Single().Signs.Kind(), Is.EqualTo((AccountKind.Member, true)));
    }

    [Test]
    public async Task A_directory_that_may_not_be_read_ends_the_tenant()
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Error(403, "Authorization_RequestDenied", "Insufficient privileges")));

        TenantException? wrong = await Assert.ThrowsAsync<TenantException>(async () =>
            await AllAsync(new GraphReadinessReader(rig.Connection).PeopleAsync(lastSignIn: false, default)));

        Assert.That(wrong?.Error.Advice, Does.Contain("User.Read.All"));
    }

    [Test]
    public async Task Members_are_asked_for_with_the_header_that_the_cast_needs_and_without_the_cast_where_it_is_refused()
    {
        StubGraph stub = new((seen, _) => seen.Path.Contains("microsoft.graph.user", StringComparison.Ordinal)
            ? StubGraph.Error(400, "BadRequest", "unsupported cast") : StubGraph.Json(200, """{"value":[{"id":"u1"},{"id":"g2"}]}"""));
        using Rig rig = new(stub);

        List<FeedPage<string>> pages = await AllAsync(new GraphReadinessReader(rig.Connection).MembersAsync("g1", default));

        Assert.That(pages.SelectMany(p => p.Entries), Is.EqualTo(new[] { "u1", "g2" }));
        Assert.That(stub.Seen[0].Headers["ConsistencyLevel"], Is.EqualTo("eventual"));
        Assert.That(stub.Seen[1].Path, Is.EqualTo("/v1.0/groups/g1/transitiveMembers?$select=id&$top=999"));
    }

    [Test]
    public async Task A_server_without_the_cast_does_not_make_groups_look_empty()
    {
        StubGraph stub = new((seen, _) => seen.Path.Contains("microsoft.graph.user", StringComparison.Ordinal)
            ? StubGraph.Error(404, "ResourceNotFound", "no such segment") : StubGraph.Json(200, """{"value":[{"id":"u1"}]}"""));
        using Rig rig = new(stub);

        List<FeedPage<string>> pages = await AllAsync(new GraphReadinessReader(rig.Connection).MembersAsync("g1", default));

        Assert.That(pages.SelectMany(p => p.Entries), Is.EqualTo(new[] { "u1" }));
    }

    [TestCase(404, "ResourceNotFound", 2)]
    [TestCase(400, "AadPremiumLicenseRequired", 1)]
    [TestCase(403, "Authorization_RequestDenied", 1)]
    public async Task Eligibilities_are_looked_for_in_schedules_where_there_are_no_instances(int status, string code, int expected)
    {
        StubGraph stub = new((seen, _) => seen.Path.Contains("Instances", StringComparison.Ordinal)
            ? StubGraph.Error(status, code, "")
            : StubGraph.Json(200, """{"value":[{"principalId":"u1","principal":{"@odata.type":"#microsoft.graph.user"}}]}"""));
        using Rig rig = new(stub);

        List<FeedPage<RoleHolder>> pages = await AllAsync(new GraphReadinessReader(rig.Connection).EligibleRolesAsync(default));

        Assert.That(stub.Seen.Select(seen => seen.Path.Split('?')[0]).Distinct().Count(), Is.EqualTo(expected));
        Assert.That(pages.Single().Error is null, Is.EqualTo(expected == 2));
    }

    [Test]
    public async Task A_group_that_does_not_exist_is_empty_and_one_that_may_not_be_read_is_an_error()
    {
        using Rig gone = new(StubGraph.Create(() => StubGraph.Error(404, "Request_ResourceNotFound", "does not exist")));
        using Rig forbidden = new(StubGraph.Create(() => StubGraph.Error(403, "Authorization_RequestDenied", "Insufficient privileges")));

        Assert.That(await AllAsync(new GraphReadinessReader(gone.Connection).MembersAsync("g1", default)), Is.Empty);
        ServiceError? error = (await AllAsync(new GraphReadinessReader(forbidden.Connection).MembersAsync("g1", default))).Single().Error;
        Assert.That(error?.Advice, Does.Contain("GroupMember.Read.All"));
    }

    [Test]
    public async Task A_principal_of_unknown_type_counts_as_a_person_and_as_a_group()
    {
        StubGraph stub = new((seen, _) => seen.Path.Contains("roleAssignments", StringComparison.Ordinal)
            ? StubGraph.Json(200, """
                {"value":[{"principalId":"u1","roleDefinitionId":"62e90394-69f5-4237-9190-012177145e10",
                "principal":{"@odata.type":"#microsoft.graph.user","id":"u1"}},
                {"principalId":"x1","roleDefinitionId":"r"},
                {"principalId":"s1","roleDefinitionId":"r","principal":{"@odata.type":"#microsoft.graph.servicePrincipal"}}]}
                """)
            : StubGraph.Json(200, """{"value":[{"id":"u2"}]}"""));
        using Rig rig = new(stub);

        List<FeedPage<RoleHolder>> pages = await AllAsync(new GraphReadinessReader(rig.Connection).RolesAsync(default));

        Assert.That(pages.SelectMany(p => p.Entries), Is.EquivalentTo(new RoleHolder[] { new("u1", true), new("x1", false), new("u2", false) }));
    }

    [Test]
    public async Task A_policy_is_read_with_targets_campaign_and_opt_out()
    {
        const string OptOut = "\"optOutSettings\":{\"passkeyDynamicMigration\":true},";
        StubGraph stub = new((seen, _) => StubGraph.Json(200, $$$$"""
            {"policyMigrationState":"migrationInProgress",{{{{(seen.Path.StartsWith("/beta", StringComparison.Ordinal) ? OptOut : "")}}}}
            "registrationEnforcement":{"authenticationMethodsRegistrationCampaign":{"state":"enabled",
              "includeTargets":[{"targetedAuthenticationMethod":"fido2"}]}},
            "authenticationMethodConfigurations":[
            {"id":"Sms","state":"enabled","includeTargets":[{"id":"all_users"},{"id":"g1","isUsableForSignIn":true}],"excludeTargets":[{"id":"g2"}]},
            {"id":"Voice","state":"disabled","isOfficePhoneAllowed":true},
            {"id":"Fido2","state":"enabled","isSelfServiceRegistrationAllowed":false,"includeTargets":[{"id":"all_users"}],
              "keyRestrictions":{"isEnforced":true,"enforcementType":"allow","aaGuids":[]}}]}
            """));
        using Rig rig = new(stub);

        Assert.That((await new GraphReadinessReader(rig.Connection).ReadPolicyAsync(default)).TryGet(out TenantPolicy? policy, out _), Is.True);

        Assert.That(policy?.Sms.Include, Is.EqualTo(new[] { "all_users", "g1" }));
        Assert.That((policy?.Voice.Enabled, policy?.Certificate.Enabled, policy?.LegacyMayApply, policy?.OptedOut), Is.EqualTo((false, false, true, true)));
        Assert.That(policy?.SmsSignIn, Is.EqualTo(new[] { "g1" }));
        Assert.That((policy?.PasskeySelfService, policy?.PasskeyUsableType), Is.EqualTo(((bool?)false, (bool?)false)));
        Assert.That(policy?.CampaignMethods, Is.EqualTo(new[] { "fido2" }));
    }

    [TestCase("""{"isEnforced":false}""", ExpectedResult = true)]
    [TestCase("""{"isEnforced":true,"enforcementType":"allow","aaGuids":["x"]}""", ExpectedResult = null)]
    [TestCase("""{"isEnforced":true,"enforcementType":"block","aaGuids":["x"]}""", ExpectedResult = null)]
    [TestCase("""{"isEnforced":true,"enforcementType":"block","aaGuids":[]}""", ExpectedResult = true)]
    public async Task<bool?> A_policy_that_restricts_passkeys_to_models_leaves_open_whether_people_have_one(string restrictions)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200,
            $$"""{"authenticationMethodConfigurations":[{"id":"Fido2","state":"enabled","keyRestrictions":{{restrictions}}}]}""")));
        return (await new GraphReadinessReader(rig.Connection).ReadPolicyAsync(default)).TryGet(out TenantPolicy? policy, out _)
            ? policy.PasskeyUsableType : throw new AssertionException("no policy");
    }

    [TestCase("block", "[]", true)]
    [TestCase("block", "[\"g1\"]", false)]
    [TestCase("mfa", "[]", false)]
    public async Task Only_a_policy_that_blocks_everybody_everywhere_blocks_registration(string control, string excluded, bool blocks)
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, $$$$$"""
            {"value":[{"displayName":"off","state":"disabled","conditions":{"applications":{"includeUserActions":["urn:user:registersecurityinfo"]}}},
            {"displayName":"other","state":"enabled","conditions":{"applications":{"includeApplications":["All"]}}},
            {"displayName":"this","state":"enabled","conditions":{"applications":{"includeUserActions":["urn:user:registersecurityinfo"]},
              "users":{"includeUsers":["All"],"excludeGroups":{{{{{excluded}}}}}}},"grantControls":{"builtInControls":["{{{{{control}}}}}"]}}]}
            """)));

        Reading<RegistrationAccess> reading = await new GraphReadinessReader(rig.Connection).ReadRegistrationAccessAsync(default);
        Assert.That(reading.TryGet(out RegistrationAccess? access, out _), Is.True);

        Assert.That(access?.Blocks, Is.EqualTo(blocks));
        Assert.That(access?.Limits, Is.EqualTo(new[] { "this" }));
    }

    [Test]
    public async Task Strengths_that_only_phones_satisfy_are_named()
    {
        using Rig rig = new(StubGraph.Create(() => StubGraph.Json(200, """
            {"value":[{"displayName":"Phones","allowedCombinations":["password,sms","password,voice"]},
            {"displayName":"Any","allowedCombinations":["password,sms","fido2"]},{"displayName":"None","allowedCombinations":[]}]}
            """)));

        Assert.That((await new GraphReadinessReader(rig.Connection).ReadPhoneStrengthsAsync(default)).TryGet(out PhoneStrengths? strengths, out _), Is.True);

        Assert.That(strengths?.Names, Is.EqualTo(new[] { "Phones" }));
    }

    [Test]
    public async Task Rows_of_the_report_are_read_with_defaults_and_unknown_kinds()
    {
        StubGraph stub = new((seen, _) => seen.Path.Contains("select", StringComparison.Ordinal)
            ? StubGraph.Error(400, "BadRequest", "no select here")
            : StubGraph.Json(200, """
                {"value":[{"id":"u1","methodsRegistered":["mobilePhone","hologram"],"userPreferredMethodForSecondaryAuthentication":"sms",
                "isSystemPreferredAuthenticationMethodEnabled":true,"isSsprEnabled":false,"lastUpdatedDateTime":"2026-11-30T00:00:00Z"},
                {"id":"u2"},{"id":"u3","methodsRegistered":[],"userPreferredMethodForSecondaryAuthentication":"telepathy"}]}
                """));
        using Rig rig = new(stub);

        RegistrationDetails[] rows = [.. (await AllAsync(new GraphReadinessReader(rig.Connection).RegistrationsAsync(default))).SelectMany(p => p.Entries)];

        Assert.That(rows.Select(r => r.Uid), Is.EqualTo(new[] { "u1", "u3" }), "a row without methods says nothing");
        Assert.That(rows[0], Is.EqualTo(new RegistrationDetails("u1", PersonMethods.MobilePhone | PersonMethods.UnknownKind,
            DefaultMethod.From(PreferredMethod.Sms),
            true, false, null, new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero))));
        Assert.That(rows[1].Default.Knowledge, Is.EqualTo(DefaultMethodKnowledge.Unreadable));
    }

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> all = [];
        await foreach (T item in items) all.Add(item);
        return all;
    }
}
