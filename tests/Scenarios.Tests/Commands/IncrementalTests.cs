using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

[Parallelizable(ParallelScope.All)]
public sealed class IncrementalTests
{
    private const int Users = 300;

    [Test]
    public async Task A_night_costs_what_changed_and_not_what_exists()
    {
        await using Stage stage = await OpenAsync();

        Answer first = await NightAsync(stage, Source());
        Assert.That(DueUsers(first), Is.EqualTo("300 of 300 users to read (rows changed 0, audit 0, report 0, sweep 0, unsettled 300)"), $"{first}");
        Assert.That(Codes(first), Does.Contain("incrementalFirst"));
        Assert.That(Reads(stage), Is.EqualTo(Users));

        Answer quiet = await NightAsync(stage, Source());
        Assert.That(DueUsers(quiet), Is.EqualTo("0 of 300 users to read (rows changed 0, audit 0, report 0, sweep 0, unsettled 0)"), $"{quiet}");
        Assert.That(Reads(stage), Is.Zero);

        Answer changed = await NightAsync(stage, Source(7, 8, 9));
        Assert.That(DueUsers(changed), Is.EqualTo("3 of 300 users to read (rows changed 3, audit 0, report 0, sweep 0, unsettled 0)"), $"{changed}");
        Assert.That(Reads(stage), Is.LessThanOrEqualTo(Users * 3 / 100), "1 % changed: planned, looked at before the write, read back");
        Assert.That(stage.Sandbox.Journal.AppliedWriteCount, Is.EqualTo(3));
        Assert.That(changed.Document.GetProperty("summary").GetProperty("equal").GetInt64(), Is.EqualTo(Users - 3));

        Answer after = await NightAsync(stage, Source(7, 8, 9));
        Assert.That(DueUsers(after), Does.StartWith("0 of 300"), $"our own writes make no user due\n{after}");
    }

    [Test]
    public async Task What_others_change_is_found_by_the_audit_log_and_by_the_registration_report_when_they_come_to_know()
    {
        await using Stage stage = await OpenAsync(new ReportSettings
        {
            AuditDelay = TimeSpan.FromHours(30),
            RegistrationDelay = TimeSpan.FromHours(6), AuditPageSize = 2, RegistrationPageSize = 70
        });
        await NightAsync(stage, Source());
        stage.Sandbox.Tenant.Change(Name(20), new TenantChange.SetPhone(PhoneSlot.Mobile, "+1 2065559999"));
        stage.Sandbox.Tenant.Change(Name(21), new TenantChange.SetPhone(PhoneSlot.Mobile, null));

        Answer byReport = await NightAsync(stage, Source());
        Assert.That(DueUsers(byReport), Is.EqualTo("1 of 300 users to read (rows changed 0, audit 0, report 1, sweep 0, unsettled 0)"), $"{byReport}");
        Assert.That(stage.Sandbox.Tenant.User(Name(21)).Mobile, Is.EqualTo(Number(21)));

        Answer byAudit = await NightAsync(stage, Source());
        Assert.That(DueUsers(byAudit), Is.EqualTo("1 of 300 users to read (rows changed 0, audit 1, report 0, sweep 0, unsettled 0)"), $"{byAudit}");
        Assert.That(stage.Sandbox.Tenant.User(Name(20)).Mobile, Is.EqualTo(Number(20)));

        Answer quiet = await NightAsync(stage, Source());
        Assert.That(DueUsers(quiet), Does.StartWith("0 of 300"), $"{quiet}");
    }

    [Test]
    public async Task Every_user_is_read_within_a_week_without_any_reported_change()
    {
        await using Stage stage = await OpenAsync(new ReportSettings { AuditDelay = TimeSpan.FromDays(999), RegistrationDelay = TimeSpan.FromDays(999) },
            sweep: "7.00:00:00");
        await NightAsync(stage, Source());
        for (int i = 0; i < 20; i++) stage.Sandbox.Tenant.Change(Name(i * 11), new TenantChange.SetPhone(PhoneSlot.Mobile, $"+1 20655590{i:D2}"));

        for (int night = 0; night < 6; night++)
        {
            await NightAsync(stage, Source());
            Assert.That(Reads(stage), Is.InRange(Users / 12, Users / 3), $"night {night}: a share of everybody");
        }

        Assert.That(Enumerable.Range(0, Users).Where(i => stage.Sandbox.Tenant.User(Name(i)).Mobile != Number(i)), Is.Empty);
    }

    [Test]
    public async Task Without_permission_for_the_reports_it_says_so_and_uses_the_rest()
    {
        await using Stage stage = await OpenAsync(permissions: new PermissionSettings { Audit = Access.Forbidden, Reports = Access.Forbidden });
        await NightAsync(stage, Source());

        Answer changed = await NightAsync(stage, Source(4));

        Assert.That(changed.Exit, Is.Zero, $"{changed}");
        Assert.That(Codes(changed), Is.EquivalentTo(new[] { "incremental", "auditLogNotRead", "registrationReportNotRead" }));
        Assert.That(changed.Output, Does.Contain("AuditLog.Read.All"));
        Assert.That(Reads(stage), Is.EqualTo(3));
    }

    [Test]
    public async Task A_plan_reads_due_users_and_leaves_them_due()
    {
        await using Stage stage = await OpenAsync();
        await NightAsync(stage, Source());
        stage.Shell.Write("people.csv", Source(5));
        stage.Sandbox.Journal.Clear();

        Answer plan = await stage.RunAsync("plan", "@people.csv", "--incremental", "--format", "json");
        Answer again = await stage.RunAsync("plan", "@people.csv", "--incremental", "--format", "json", "--out", "@plan.json");
        Assert.That((DueUsers(plan), DueUsers(again)), Is.EqualTo((
            "1 of 300 users to read (rows changed 1, audit 0, report 0, sweep 0, unsettled 0)", DueUsers(plan))));
        Assert.That(plan.Error, Does.Contain("incremental: 1 of 300 users to read"));
        Assert.That(stage.NotReads(), Is.Empty);

        Answer apply = await stage.RunAsync("apply", "@plan.json", "--yes", "--format", "json");
        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That(DueUsers(await stage.RunAsync("plan", "@people.csv", "--incremental", "--format", "json")), Does.StartWith("0 of 300"));
    }

    [Test]
    public async Task Users_whose_run_was_interrupted_are_due_until_it_is_resumed()
    {
        await using Stage stage = await OpenAsync();
        await NightAsync(stage, Source());
        stage.Shell.Write("people.csv", Source(1, 2, 3));

        Answer part = await stage.RunAsync("apply", "@people.csv", "--incremental", "--yes", "--limit", "1", "--format", "json");
        Assert.That(part.Exit, Is.EqualTo(130), $"{part}");
        Assert.That(DueUsers(await stage.RunAsync("plan", "@people.csv", "--incremental", "--format", "json")), Does.Contain("unsettled 2"));

        Assert.That((await stage.RunAsync("resume", part.Text("runId"), "--yes", "--format", "json")).Exit, Is.Zero);
        Assert.That(DueUsers(await stage.RunAsync("plan", "@people.csv", "--incremental", "--format", "json")), Does.StartWith("0 of 300"));
    }

    private static string Name(int user) => $"u{user:D3}@contoso.com";

    private static string Number(int user) => $"+1 2065550{user:D3}";

    private static string Source(params int[] changed) =>
        "user,mobile\n" + string.Concat(Enumerable.Range(0, Users).Select(i => $"{Name(i)},{(changed.Contains(i) ? $"+1 2065551{i:D3}" : Number(i))}\n"));

    private static Task<Stage> OpenAsync(ReportSettings? reports = null, string sweep = "36500.00:00:00", PermissionSettings? permissions = null) =>
        Stage.OpenAsync(
        new SandboxSeed
        {
            Settings = SandboxSettings.Default with { Reports = reports ?? new ReportSettings(), Permissions = permissions ?? new PermissionSettings() },
            Users = [.. Enumerable.Range(0, Users).Select(i => new SeedUser { UserPrincipalName = Name(i), Phones = new SeedPhones { Mobile = Number(i) } })],
        },
        new JsonObject { ["FullSweepAfter"] = sweep, ["Policy"] = new JsonObject { ["Drift"] = "SourceWins" } });

    /// <summary>A day later: the same command as every night.</summary>
    private static async Task<Answer> NightAsync(Stage stage, string source)
    {
        stage.Time.Jump(TimeSpan.FromDays(1));
        stage.Sandbox.Journal.Clear();
        stage.Shell.Write("people.csv", source);
        return await stage.RunAsync("apply", "@people.csv", "--incremental", "--yes", "--format", "json");
    }

    private static long Reads(Stage stage) => stage.Sandbox.Journal.Counts.GetValueOrDefault("methods.list");

    private static string DueUsers(Answer answer) => answer.Document.GetProperty("diagnostics").EnumerateArray()
        .Single(d => d.GetProperty("code").GetString() == "incremental").GetProperty("message").GetString() ?? string.Empty;

    private static IEnumerable<string?> Codes(Answer answer) =>
        answer.Document.GetProperty("diagnostics").EnumerateArray().Select(d => d.GetProperty("code").GetString());
}
