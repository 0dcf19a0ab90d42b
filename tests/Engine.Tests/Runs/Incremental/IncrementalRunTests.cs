using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Incremental;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Runs.Incremental;

public sealed class IncrementalRunTests
{
    private static readonly TimeSpan Night = TimeSpan.FromDays(1);

    [Test]
    public void The_first_incremental_run_reads_everybody_and_says_so() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 60);
        await bench.ApplyAsync();
        Assert.That(bench.Reader.Read, Has.Count.EqualTo(60));
        Assert.That(bench.LastPlan!.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { "incremental", "incrementalFirst" }));
        Assert.That(bench.Feed.Asked, Is.Zero, "without memory the reports say nothing");
    });

    [Test]
    public void With_one_percent_changed_at_most_three_percent_are_read() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 1_000) { FullSweepAfter = TimeSpan.FromDays(100_000) };
        await bench.ApplyAsync(incremental: false);
        for (int night = 1; night <= 4; night++)
        {
            await world.Delay(Night);
            for (int i = 0; i < 10; i++) bench.Want((night * 100) + i, Some.Desired.Mobile(NightBench.Number((night * 100) + i, night)));
            bench.Reader.Forget();
            await bench.ApplyAsync();
            Assert.That(bench.Account, Is.EqualTo(new IncrementalAccount(Users: 1_000, Rows: 10)), $"night {night}");
            Assert.That(bench.Reader.Read, Has.Count.LessThanOrEqualTo(30), "planned, read before the write, read back");
            Assert.That(Enumerable.Range(0, 1_000).All(bench.IsRight));
        }
    });

    [Test]
    public void Users_who_are_not_due_count_as_equal() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 60);
        await bench.ApplyAsync();
        bench.Want(3, Some.Desired.Mobile(NightBench.Number(3, 7)));
        PlanHeader plan = await bench.PlanAsync();
        Assert.That((plan.Summary.Users, plan.Summary.Equal, plan.Summary.Changed, plan.Complete), Is.EqualTo((60L, 59L, 1L, true)));
    });

    [Test]
    public void A_user_who_failed_waits_for_the_next_try_but_not_one_who_is_owed_sms_sign_in([Values] bool isOwed) => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 60) { Retries = new MemoryRetries(), FullSweepAfter = TimeSpan.FromDays(100_000) };
        bench.Want(5, Some.Desired.Mobile(NightBench.Number(5, 1)));
        bench.Tenant.Faults = (_, _) => WriteFault.Refused;
        await bench.ApplyAsync();
        RetryEntry failed = (await bench.Retries.FindAsync(NightBench.TenantId, [NightBench.Uid(5)], default))[NightBench.Uid(5)];
        await bench.Retries.SaveAsync(NightBench.TenantId, [failed with { HadSmsSignIn = isOwed }], default);
        bench.Reader.Forget();

        PlanHeader plan = await bench.PlanAsync();

        Assert.That(bench.Reader.Read, Is.EqualTo(isOwed ? new[] { NightBench.Uid(5) } : []));
        Assert.That((plan.Summary.Changed, plan.Summary.Held), Is.EqualTo(isOwed ? (1L, 0L) : (0L, 1L)));
        Assert.That(bench.LastUsers.SelectMany(u => u.Plan.Held).Select(h => h.Code), Is.EqualTo(isOwed ? [] : new[] { HoldCodes.WaitsForRetry }));
    });

    [Test]
    public void Percentages_are_of_all_users_of_the_tenant() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 1_000);
        await bench.ApplyAsync();
        bench.Limits = bench.Limits with { MaxUpdates = new Limit(null, 2) };
        await bench.ApplyAsync();
        for (int i = 0; i < 15; i++) bench.Want(i, Some.Desired.Mobile(NightBench.Number(i, 7)));
        PlanHeader plan = await bench.PlanAsync();
        Assert.That(plan.Guardrails.Single(g => g.Name == "MaxUpdates").Limit, Is.EqualTo(20));
        Assert.That(plan.Applyable, Is.True);
    });

    [TestCase(0)]
    [TestCase(30)]
    public void Our_own_writes_make_no_user_due_again(int auditDelayHours) => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 60) { FullSweepAfter = TimeSpan.FromDays(100_000) };
        bench.Feed.AuditDelay = TimeSpan.FromHours(auditDelayHours);
        await bench.ApplyAsync();
        for (int i = 0; i < 40; i++) bench.Want(i, Some.Desired.Mobile(NightBench.Number(i, 1)).Office(NightBench.Number(i, 2)));
        await bench.ApplyAsync();
        for (int night = 0; night < 4; night++)
        {
            await world.Delay(Night);
            await bench.ApplyAsync();
            Assert.That(bench.Account!.Due, Is.Zero, $"night {night}: {bench.Account}");
        }
    });

    [Test]
    public void A_change_outside_right_after_our_write_is_seen() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 60) { FullSweepAfter = TimeSpan.FromDays(100_000) };
        bench.Want(5, Some.Desired.Mobile(NightBench.Number(5, 1)));
        await bench.ApplyAsync();
        await world.Delay(TimeSpan.FromSeconds(2));
        bench.Tenant.Change(bench.Tenant[NightBench.Uid(5)], m => m.Mobile(NightBench.Number(5, 666)));
        bench.Feed.Log(NightBench.Uid(5), TimeSpan.FromHours(20));
        await world.Delay(Night);
        await bench.ApplyAsync();
        Assert.That(bench.Account, Is.EqualTo(new IncrementalAccount(Users: 60, Audit: 1)));
        Assert.That(bench.IsRight(5), Is.True);
    });

    [Test]
    public void A_plan_notes_what_it_read_and_leaves_the_user_due_for_the_run() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 60) { FullSweepAfter = TimeSpan.FromDays(100_000) };
        await bench.ApplyAsync();
        await world.Delay(Night);
        bench.Tenant.Change(bench.Tenant[NightBench.Uid(5)], m => m.Mobile(NightBench.Number(5, 666)));
        bench.Feed.Log(NightBench.Uid(5), TimeSpan.Zero);
        await world.Delay(TimeSpan.FromHours(1));
        await bench.PlanAsync();
        await world.Delay(TimeSpan.FromDays(9));
        await bench.ApplyAsync();
        Assert.That(bench.Account!.Audit, Is.EqualTo(1));
        Assert.That(bench.IsRight(5), Is.True);
    });

    [Test]
    public void A_report_that_disagrees_for_ever_costs_one_read() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 60) { FullSweepAfter = TimeSpan.FromDays(100_000) };
        await bench.ApplyAsync();
        // The row is always younger than any read, and what it shows is from before the office numbers came.
        (bench.Feed.ReportDelay, bench.Feed.ReportFlattery) = (TimeSpan.FromDays(30), TimeSpan.FromDays(30));
        for (int i = 0; i < 60; i++) bench.Want(i, Some.Desired.Mobile(NightBench.Number(i, 0)).Office(NightBench.Number(i, 2)));
        await bench.ApplyAsync();
        List<long> due = [];
        for (int night = 0; night < 4; night++)
        {
            await world.Delay(Night);
            await bench.ApplyAsync();
            due.Add(bench.Account!.Report);
        }

        Assert.That(due, Is.EqualTo(new[] { 60, 0, 0, 0 }));
    });

    [Test]
    public void Users_whom_a_full_run_found_wrong_but_a_guardrail_blocked_stay_due() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 60)
        {
            FullSweepAfter = TimeSpan.FromDays(100_000),
            Limits = new GuardrailLimits { MaxUpdates = new Limit(0, null), SharedNumber = 100 }
        };
        await bench.ApplyAsync();
        bench.Tenant.Change(bench.Tenant[NightBench.Uid(5)], m => m.Mobile(NightBench.Number(5, 666)));
        Assert.That(await bench.ApplyAsync(incremental: false), Is.Null, "blocked");
        await bench.PlanAsync();
        Assert.That(bench.Account!.Unsettled, Is.EqualTo(1));
    });

    [Test]
    public void A_changed_policy_or_limit_makes_everybody_due() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 60);
        await bench.ApplyAsync();
        bench.Policy = PlanningPolicy.Default with { Overwrite = OverwritePolicy.WhenEmpty };
        await bench.ApplyAsync();
        Assert.That(bench.Account!.Rules, Is.EqualTo(60));
        bench.Limits = bench.Limits with { SharedNumber = 7 };
        await bench.ApplyAsync();
        Assert.That(bench.Account!.Rules, Is.EqualTo(60));
    });

    [Test]
    public void Without_the_right_to_read_the_reports_the_rest_still_works_and_it_is_said_once() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 60);
        await bench.ApplyAsync();
        ServiceError no = new(ErrorKind.Forbidden, "PP201", "The service does not allow it.", Status: 403);
        (bench.Feed.AuditError, bench.Feed.ReportError) = (no, no);
        bench.Want(3, Some.Desired.Mobile(NightBench.Number(3, 7)));
        await bench.ApplyAsync();
        Assert.That(bench.LastPlan!.Diagnostics.Where(d => d.Severity == Severity.Warning).Select(d => d.Code),
            Is.EqualTo(new[] { "auditLogNotRead", "registrationReportNotRead" }));
        Assert.That(bench.LastPlan!.Diagnostics[1].Message, Does.Contain("AuditLog.Read.All"));
        Assert.That(bench.IsRight(3), Is.True);
        Assert.That(await bench.States.AuditReadAsync(NightBench.TenantId, default), Is.Null, "the next run must look as far back");
    });

    [Test]
    public void Users_who_were_not_read_or_failed_are_read_by_the_next_run() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 60) { FullSweepAfter = TimeSpan.FromDays(100_000) };
        await bench.ApplyAsync();
        bench.Want(1, Some.Desired.Mobile(NightBench.Number(1, 1)));
        bench.Want(2, Some.Desired.Mobile(NightBench.Number(2, 1)));
        bench.Tenant.UnreadableUsers.Add(NightBench.Uid(1));
        bench.Tenant.Faults = (_, _) => WriteFault.Refused;
        await bench.ApplyAsync();
        // The rows go back to what was verified: only memory of the failure can make them due.
        bench.Want(1, Some.Desired.Mobile(NightBench.Number(1, 0)));
        bench.Want(2, Some.Desired.Mobile(NightBench.Number(2, 0)));
        bench.Tenant.UnreadableUsers.Clear();
        await bench.ApplyAsync();
        Assert.That(bench.Account!.Unsettled, Is.EqualTo(2));
    });
}
