using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;
using ProvisioningConnector.Sandbox.Tests.Support;

namespace ProvisioningConnector.Sandbox.Tests.Endpoints;

public sealed class Reports_late_tests
{
    [Test]
    public async Task Registration_report_and_audit_log_show_a_change_only_after_their_delay()
    {
        SandboxTime time = new SandboxTime();
        await using Stage stage = await Stage.Open(new SandboxSettings
        {
            Reports = new ReportSettings { RegistrationDelay = TimeSpan.FromHours(6), AuditDelay = TimeSpan.FromHours(1) },
        }, time);
        SandboxUser user = stage.Add("kim");
        await stage.Client.Post($"/v1.0/users/{user.Id}/authentication/phoneMethods", """{"phoneNumber":"+1 2065550100","phoneType":"mobile"}""");
        Assert.That((await Registered(), await Audited()), Is.EqualTo((0, 0)));
        time.Advance(TimeSpan.FromHours(1));
        Assert.That((await Registered(), await Audited()), Is.EqualTo((0, 1)));
        time.Advance(TimeSpan.FromHours(5));
        Assert.That((await Registered(), await Audited()), Is.EqualTo((1, 1)));

        async Task<int> Registered() =>
            (await stage.Client.Get("/v1.0/reports/authenticationMethods/userRegistrationDetails")).Value[0].GetProperty("methodsRegistered").GetArrayLength();
        async Task<int> Audited() => (await stage.Client.Get("/v1.0/auditLogs/directoryAudits?$filter=activityDateTime ge 2026-11-20T00:00:00Z")).Value.Length;
    }

    [Test]
    public async Task The_audit_log_distinguishes_an_app_from_the_user_and_names_the_target()
    {
        SandboxTime time = new SandboxTime();
        await using Stage stage = await Stage.Open(new SandboxSettings { Reports = new ReportSettings { AuditPageSize = 2 } }, time);
        SandboxUser user = stage.Add("kim", mobile: "+1 2065550100");
        await stage.Client.Patch($"/v1.0/users/{user.Id}/authentication/phoneMethods/{SlotNames.MobileId}",
            """{"phoneNumber":"+1 2065550101","phoneType":"mobile"}""");
        stage.Tenant.Change(user.UserPrincipalName, new TenantChange.SetPhone(PhoneSlot.Office, "+1 2065550102"));
        await stage.Client.Delete($"/v1.0/users/{user.Id}/authentication/phoneMethods/{SlotNames.OfficeId}");

        List<(string?, bool)> rows = new List<(string?, bool)>();
        for (string? path = "/v1.0/auditLogs/directoryAudits?$orderby=activityDateTime asc"; path is not null;)
        {
            Reply page = await stage.Client.Get(path);
            rows.AddRange(page.Value.Select(e => (e.GetProperty("activityDisplayName").GetString(),
                e.GetProperty("initiatedBy").GetProperty("user").ValueKind == System.Text.Json.JsonValueKind.Object)));
            Assert.That(page.Value.Select(e => e.GetProperty("targetResources")[0].GetProperty("id").GetGuid()), Is.All.EqualTo(user.Id));
            path = page.NextLink;
        }
        Assert.That(rows, Is.EqualTo(new (string?, bool)[]
        {
            ("Admin updated security info", false), ("User registered security info", true), ("Admin deleted security info", false),
        }));
    }
}
