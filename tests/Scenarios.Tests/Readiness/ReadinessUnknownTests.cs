using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Scenarios.Tests.Evidence;
using ProvisioningConnector.Scenarios.Tests.Support;
using static ProvisioningConnector.Scenarios.Tests.Readiness.ReadinessAnswers;

namespace ProvisioningConnector.Scenarios.Tests.Readiness;

/// <summary>What <c>readiness</c> says where permissions or licences are missing: unknown, with the reason.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReadinessUnknownTests
{
    [Test]
    public async Task What_may_not_be_read_is_unknown_with_its_reason_and_never_fine()
    {
        await using Stage stage = await Tenants.StageAsync(s => s with { Permissions = s.Permissions with { Policy = Access.Forbidden } });

        Answer answer = await stage.RunAsync("readiness", "--format", "json");

        Assert.That(answer.Exit, Is.EqualTo(4), $"{answer}");
        Assert.That(People(Tenant(answer)).Select(p => Text(p, "band")).Distinct(), Is.EqualTo(new[] { "?" }));
        Assert.That(People(Tenant(answer)).Select(p => Text(p, "why")), Has.All.Contains("Policy.Read.AuthenticationMethod"));
        Assert.That(Tenant(answer).GetProperty("unknown").EnumerateArray().Select(u => Text(u, "column")), Does.Contain("scope"));
    }

    [Test]
    public async Task Groups_that_may_not_be_read_make_the_scope_of_those_they_may_hold_unknown()
    {
        await using Stage stage = await Tenants.StageAsync(s => s with { Permissions = s.Permissions with { Groups = Access.Forbidden } });

        JsonElement tenant = Tenant(await stage.RunAsync("readiness", "--format", "json"));

        Assert.That(People(tenant).Select(p => Text(p, "why")), Has.All.Contains("GroupMember.Read.All"), "everybody may be excluded");
        Assert.That(tenant.GetProperty("unknown").EnumerateArray().Select(u => Text(u, "column")), Is.SupersetOf(new[] { "scope", "onPremisesMfa" }));
    }

    [Test]
    public async Task Roles_that_may_not_be_read_leave_everybody_the_earlier_date()
    {
        await using Stage stage = await Tenants.StageAsync(s => s with { Permissions = s.Permissions with { Roles = Access.Forbidden } });

        JsonElement tenant = Tenant(await stage.RunAsync("readiness", "--format", "json"));

        JsonElement root = People(tenant).Single(p => Text(p, "user") == "root@contoso.com");
        Assert.That((Text(root, "privileged"), Text(root, "retiresOn"), Text(root, "band")), Is.EqualTo(("unknown", "2027-02-01", "B0")));
        Assert.That(tenant.GetProperty("unknown").EnumerateArray().Single(u => Text(u, "column") == "privileged").GetProperty("advice").GetString(),
            Does.Contain("RoleManagement.Read.Directory"));
    }

    [Test]
    public async Task Without_a_P2_licence_only_eligible_roles_are_unknown()
    {
        await using Stage stage = await Tenants.StageAsync(s => s with { Eligibilities = false });

        JsonElement tenant = Tenant(await stage.RunAsync("readiness", "--format", "json"));

        Assert.That(tenant.GetProperty("unknown").EnumerateArray().Select(u => Text(u, "column")), Is.EqualTo(new[] { "privileged (eligible)" }));
        Assert.That(Text(People(tenant).Single(p => Text(p, "user") == "root@contoso.com"), "privileged"), Is.EqualTo("GA"));
    }

    [Test]
    public async Task In_China_no_one_is_said_to_have_only_a_phone_where_other_kinds_cannot_be_read()
    {
        await using Stage stage = await Tenants.StageAsync(s => s with { Cloud = SandboxCloud.China, Reports = s.Reports with { Licensed = false } });
        stage.Set(settings => settings["Tenants"]!["contoso"]!["Cloud"] = "China");

        JsonElement tenant = Tenant(await stage.RunAsync("readiness", "--as-of", "live", "--format", "json"));

        JsonElement[] people = People(tenant);
        JsonElement keyAndPhone = people.Single(p => Text(p, "user") == "reset@contoso.com");
        Assert.That((Text(keyAndPhone, "band"), Text(keyAndPhone, "why")), Is.EqualTo(("?", Text(keyAndPhone, "why"))));
        Assert.That(Text(keyAndPhone, "why"), Does.Contain("fido2").And.Contain("windowsHello"));
        Assert.That(people.Select(p => Text(p, "band")), Has.None.EqualTo("B0"));
        Assert.That(Text(people.Single(p => Text(p, "user") == "sms@contoso.com"), "band"), Is.Not.EqualTo("?"), "Authenticator is read and counts");
    }

    [Test]
    public async Task Without_the_report_the_way_to_read_live_is_shown_and_works()
    {
        await using Stage stage = await Tenants.StageAsync(s => s with { Reports = s.Reports with { Licensed = false } });

        Answer byReport = await stage.RunAsync("readiness", "--format", "json");
        JsonElement live = Tenant(await stage.RunAsync("readiness", "--as-of", "live", "--format", "json"));

        Assert.That(byReport.Exit, Is.EqualTo(4));
        Assert.That(People(Tenant(byReport)).Select(p => Text(p, "band")).Distinct(), Is.EquivalentTo(new[] { "?" }));
        Assert.That(byReport.Output, Does.Contain("--as-of live").And.Contain("P1").And.Contain("\"reportNotRead\""));
        Dictionary<string, string> bands = People(live).ToDictionary(p => Tenants.Name(Text(p, "user")), p => Text(p, "band"));
        Assert.That((bands["phone"], bands["key"], bands["kiosk"], bands["sms"]), Is.EqualTo(("B0", "B5", "B3", "B4")), "defaults are in the report only");
        Assert.That(People(live).Single(p => Text(p, "user") == "sms@contoso.com").GetProperty("flags").EnumerateArray().Select(f => f.GetString()),
            Does.Contain("defaultUnknown"));
    }

    [Test]
    public async Task A_licence_refusal_is_asked_for_once_and_the_column_left_out()
    {
        JsonObject settings = Tenants.Settings();
        settings["Readiness"] = new JsonObject { ["Exclude"] = new JsonArray("mailbox@contoso.com"), ["LastSignIn"] = "On" };
        await using Stage stage = await Tenants.StageAsync(s => s with { Reports = s.Reports with { Licensed = false }, UsersPageSize = 5 }, settings);

        JsonElement tenant = Tenant(await stage.RunAsync("readiness", "--as-of", "live", "--format", "json"));

        Assert.That(People(tenant), Has.Length.EqualTo(Tenants.Bands.Count));
        Assert.That(tenant.GetProperty("unknown").EnumerateArray().Select(u => Text(u, "column")), Does.Contain("lastSignIn"));
        Assert.That(stage.Sandbox.Journal.Requests.Count(r => r.Kind == "users.list" && r.Path.Contains("signInActivity", StringComparison.Ordinal)),
            Is.EqualTo(1));
    }

    [Test]
    public async Task Masked_numbers_hide_nothing_that_readiness_needs()
    {
        await using Stage stage = await Tenants.StageAsync(s => s with { Permissions = s.Permissions with { Masking = NumberMasking.Asterisks } });

        JsonElement tenant = Tenant(await stage.RunAsync("readiness", "--as-of", "live", "--format", "json"));

        Dictionary<string, string> bands = People(tenant).ToDictionary(p => Tenants.Name(Text(p, "user")), p => Text(p, "band"));
        Assert.That(bands["disabled"], Is.EqualTo("?"), "whom the report lacks");
        Assert.That(bands.Where(b => b.Key != "disabled"), Is.EquivalentTo(Tenants.Bands.Where(b => b.Key != "disabled")));
    }
}
