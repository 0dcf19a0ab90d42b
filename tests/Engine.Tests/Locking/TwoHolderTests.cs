using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Tests.Runs;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Locking;

/// <summary>Two processes and one tenant: who writes when.</summary>
public sealed class TwoHolderTests
{
    [Test]
    public void The_second_run_sees_who_holds_the_tenant_and_writes_nothing() => Fight(async duel =>
    {
        Task first = duel.A.GoAsync("run-1");
        await duel.UntilAsync(() => duel.Log.Count > 0);
        LeaseAnswer answer = await duel.B.Taking().TryAsync(duel.B.Process.Holder("run-2"), default);
        await first;
        Assert.That(answer, Is.InstanceOf<LeaseAnswer.HeldBy>());
        Assert.That(((LeaseAnswer.HeldBy)answer).Other.Holder, Is.EqualTo(duel.A.Process.Holder("run-1")));
        Assert.That(duel.Fence.Runs, Does.Not.Contain("run-2"));
        Assert.That(duel.A.Ended?.Outcome, Is.EqualTo(RunOutcome.Succeeded));
    });

    [Test]
    public void A_long_run_keeps_its_lease_by_renewing_it() => Fight(async duel =>
    {
        duel.A.Tenant.Queue = _ => TimeSpan.FromMinutes(5);
        Task first = duel.A.GoAsync("run-1");
        await duel.World.Delay(TimeSpan.FromSeconds(1));
        Task second = duel.B.GoAsync("run-2");
        await Task.WhenAll(first, second);
        Assert.That(duel.World.Elapsed, Is.GreaterThan(TimeSpan.FromMinutes(25)));
        Assert.That(duel.A.Ended?.Outcome, Is.EqualTo(RunOutcome.Succeeded));
        Assert.That(duel.B.Writes, Is.Empty, "everything was done when it came to its turn");
    });

    [Test]
    public void A_lease_that_was_given_back_is_taken_without_waiting() => Fight(async duel =>
    {
        await duel.A.GoAsync("run-1");
        LeaseAnswer answer = await duel.B.Taking().TryAsync(duel.B.Process.Holder("run-2"), default);
        TenantLease lease = ((LeaseAnswer.Taken)answer).Lease;
        Assert.That((lease.QuietLeft, lease.OpenQuietLeft), Is.EqualTo((TimeSpan.Zero, TimeSpan.Zero)));
        await lease.DisposeAsync();
    });

    [Test]
    public void After_a_process_that_is_gone_only_users_with_an_open_request_wait() => Fight(async duel =>
    {
        duel.B.Knows = duel.A;
        duel.Tenant.Faults = (uid, n) => uid == "id-1" && n == 0 ? WriteFault.LateInSilence : WriteFault.None;
        Task first = duel.A.GoAsync("run-1");
        await duel.UntilAsync(() => duel.Log.Any(w => w.Uid == "id-1"));
        duel.A.Process.Kill();
        TimeSpan killed = duel.World.Elapsed;
        await duel.B.GoAsync("run-2");
        Assert.That(first.IsCompleted, Is.False);
        Assert.That(duel.B.Writes.First().SentAt - killed, Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(duel.B.Writes.Where(w => w.Uid == "id-1").Select(w => w.SentAt - killed),
            Is.All.GreaterThanOrEqualTo(Duel.Terms.RequestTimeout - TimeSpan.FromSeconds(1)));
        Assert.That(Enumerable.Range(0, Duel.Users).Select(duel.IsDone), Is.All.True);
        Assert.That(duel.B.Ended?.Outcome, Is.EqualTo(RunOutcome.Succeeded));
    });

    [Test]
    public void After_a_process_that_may_live_nothing_is_written_until_none_of_its_requests_can_land() => Fight(async duel =>
    {
        Task first = duel.A.GoAsync("run-1");
        await duel.UntilAsync(() => duel.Log.Count > 0);
        duel.A.Process.Freeze();
        TimeSpan frozen = duel.World.Elapsed;
        await duel.B.GoAsync("run-1");
        TimeSpan began = duel.B.Writes.First().SentAt;
        Assert.That(began - frozen, Is.GreaterThanOrEqualTo(Duel.Terms.Duration + Duel.Terms.RequestTimeout - TimeSpan.FromSeconds(20)));
        duel.A.Process.Thaw();
        await first;
        Assert.That(duel.A.Writes.Select(w => w.SentAt), Is.All.LessThanOrEqualTo(frozen), "nothing is sent when it wakes up");
        Assert.That(duel.A.Ended?.Outcome, Is.EqualTo(RunOutcome.Interrupted));
        Assert.That(duel.A.Ended?.Diagnostics.Select(d => d.Code), Does.Contain("leaseLost"));
        RunHeader? kept = await duel.Store.FindRunAsync("run-1", default);
        Assert.That(kept?.Outcome, Is.EqualTo(RunOutcome.Succeeded), "the one who went on has the last word");
        Assert.That(Enumerable.Range(0, Duel.Users).Select(duel.IsDone), Is.All.True);
    });

    [Test]
    public void Who_lost_the_tenant_to_another_run_leaves_its_users_open_and_says_so() => Fight(async duel =>
    {
        duel.A.Tenant.Queue = _ => TimeSpan.FromSeconds(10);
        Task first = duel.A.GoAsync("run-1");
        await duel.UntilAsync(() => duel.Log.Count > 1);
        duel.A.Process.Freeze();
        Task second = duel.B.GoAsync("run-2");
        await duel.UntilAsync(() => duel.B.Lease is not null);
        duel.A.Process.Thaw();
        await Task.WhenAll(first, second);
        RunHeader? kept = await duel.Store.FindRunAsync("run-1", default);
        Assert.That(kept?.Outcome, Is.EqualTo(RunOutcome.Interrupted));
        Assert.That(kept?.Resumable, Is.True);
        Assert.That(kept?.Diagnostics.Single().Message, Does.Contain("run-2 of ann@host"));
        Assert.That(duel.B.Ended?.Outcome, Is.EqualTo(RunOutcome.Succeeded));
    });

    [Test]
    public void A_holder_that_is_paused_between_check_and_send_sends_that_one_request_and_no_other() => Fight(async duel =>
    {
        duel.A.Tenant.AfterCheck = n => { if (n == 3) duel.A.Process.Freeze(); };
        Task first = duel.A.GoAsync("run-1");
        await duel.UntilAsync(() => duel.A.Process.IsFrozen);
        TimeSpan frozen = duel.World.Elapsed;
        await duel.B.GoAsync("run-1");
        duel.A.Process.Thaw();
        await first;
        Assert.That(duel.A.Writes.Count(w => w.SentAt > frozen), Is.EqualTo(1));
        Assert.That(duel.A.Writes.Select(w => w.CheckedAt), Is.All.LessThanOrEqualTo(frozen));
        Assert.That(Enumerable.Range(0, Duel.Users).Select(duel.IsDone), Is.All.True);
        Assert.That((await duel.Store.FindRunAsync("run-1", default))?.Outcome, Is.EqualTo(RunOutcome.Succeeded));
    });

    [TestCase(-3)]
    [TestCase(3)]
    [TestCase(30)]
    public void A_clock_that_is_set_lengthens_no_lease_and_ends_no_run(int hours) => Fight(async duel =>
    {
        duel.A.Tenant.Queue = _ => TimeSpan.FromSeconds(30);
        Task first = duel.A.GoAsync("run-1");
        await duel.World.Delay(TimeSpan.FromSeconds(40));
        duel.A.Process.ClockError = TimeSpan.FromHours(hours);
        Assert.That(duel.A.Lease?.Remaining, Is.LessThanOrEqualTo(Duel.Terms.Duration));
        await first;
        Assert.That(duel.A.Ended?.Outcome, Is.EqualTo(RunOutcome.Succeeded));
    });

    [Test]
    public void A_taker_whose_clock_runs_ahead_writes_only_when_the_holder_cannot_any_more() => Fight(async duel =>
    {
        duel.B.Process.ClockError = TimeSpan.FromHours(5);
        duel.A.Tenant.Queue = _ => TimeSpan.FromSeconds(45);
        Task first = duel.A.GoAsync("run-1");
        await duel.World.Delay(TimeSpan.FromSeconds(1));
        Task second = duel.B.GoAsync("run-1");
        await Task.WhenAll(first, second);
        Assert.That(duel.A.Writes.Select(w => w.CheckedAt), Is.All.LessThan(duel.B.Writes.First().SentAt - Duel.Terms.RequestTimeout));
        Assert.That(duel.A.Ended?.Outcome, Is.EqualTo(RunOutcome.Interrupted));
    });

    [Test]
    public void A_dead_holder_whose_clock_ran_ahead_is_found_out_by_watching() => Fight(async duel =>
    {
        duel.A.Process.ClockError = TimeSpan.FromDays(400);
        Task first = duel.A.GoAsync("run-1");
        await duel.UntilAsync(() => duel.Log.Count > 0);
        duel.A.Process.Kill();
        await duel.B.GoAsync("run-1");
        Assert.That(first.IsCompleted, Is.False);
        Assert.That(duel.World.Elapsed, Is.LessThan(TimeSpan.FromMinutes(10)));
        Assert.That(duel.B.Ended?.Outcome, Is.EqualTo(RunOutcome.Succeeded));
    });

    [TestCase(20, true)]
    [TestCase(600, false)]
    public void A_store_that_is_away_for_a_moment_ends_no_run_and_one_that_stays_away_does(int seconds, bool survives) => Fight(async duel =>
    {
        duel.A.Tenant.Queue = _ => TimeSpan.FromSeconds(60);
        Task first = duel.A.GoAsync("run-1");
        await duel.UntilAsync(() => duel.Log.Count > 0);
        // Between its intent and its send: only the lease asks the store now.
        await duel.World.Delay(TimeSpan.FromSeconds(5));
        duel.A.Process.StoreIsDown = true;
        TimeSpan down = duel.World.Elapsed;
        await duel.World.Delay(TimeSpan.FromSeconds(seconds));
        duel.A.Process.StoreIsDown = false;
        await first;
        Assert.That(duel.A.Failure is null, Is.EqualTo(survives));
        if (!survives) Assert.That(duel.A.Writes.Select(w => w.CheckedAt), Is.All.LessThan(down + Duel.Terms.Window), "what cannot renew does not send");
    });

    [Test]
    public void Who_dies_while_waiting_leaves_the_rest_of_the_wait_to_the_next() => Fight(async duel =>
    {
        Contender c = new(duel, "C") { Knows = duel.B };
        Task first = duel.A.GoAsync("run-1");
        await duel.UntilAsync(() => duel.Log.Count > 0);
        duel.A.Process.Freeze();
        TimeSpan frozen = duel.World.Elapsed;
        Task second = duel.B.GoAsync("run-1");
        await duel.UntilAsync(() => duel.B.Lease is not null);
        duel.B.Process.Kill();
        await c.GoAsync("run-1");
        Assert.That((first.IsCompleted, second.IsCompleted), Is.EqualTo((false, false)));
        Assert.That(c.Writes.First().SentAt - frozen, Is.GreaterThanOrEqualTo(Duel.Terms.Duration + Duel.Terms.RequestTimeout - TimeSpan.FromSeconds(20)));
    });

    [Test]
    public void A_request_whose_end_is_not_known_is_waited_for_even_when_the_lease_was_given_back() => Fight(async duel =>
    {
        duel.Tenant.Faults = (uid, n) => uid == "id-0" && n == 0 ? WriteFault.LateAfterBroken : WriteFault.None;
        using CancellationTokenSource stop = new();
        Task first = duel.A.GoAsync("run-1", stop.Token);
        await duel.UntilAsync(() => duel.Log.Any(w => w.Uid == "id-0"));
        TimeSpan sent = duel.Log.First(w => w.Uid == "id-0").SentAt;
        await duel.World.Delay(TimeSpan.FromSeconds(2));
        await stop.CancelAsync();
        await first;
        await duel.B.GoAsync("run-2");
        Assert.That(duel.B.Writes.Where(w => w.Uid == "id-0").Select(w => w.SentAt), Is.All.GreaterThanOrEqualTo(sent + Duel.Terms.RequestTimeout));
        Assert.That(Enumerable.Range(0, Duel.Users).Select(duel.IsDone), Is.All.True);
    });

    [TestCase(30, UserOutcome.Done)]
    [TestCase(3_000, UserOutcome.Skipped)]
    public void A_user_whom_another_process_writes_to_comes_later_or_is_skipped(int seconds, UserOutcome outcome) => Fight(async duel =>
    {
        UserLock facade = new("TENANT-1", "ID-2", "facade", null, duel.World.Time.GetUtcNow() + TimeSpan.FromSeconds(seconds));
        await duel.Leases.AcquireAsync(facade, duel.World.Time.GetUtcNow(), default);
        await duel.A.GoAsync("run-1");
        RunUser user = await FindAsync(duel, "id-2");
        Assert.That(user.Result?.Outcome, Is.EqualTo(outcome));
        if (outcome == UserOutcome.Skipped) Assert.That(user.Result?.Operations.Select(o => o.Error?.Code), Is.All.EqualTo(ExecutionCodes.UserLocked));
        Assert.That(Enumerable.Range(0, Duel.Users).Where(n => !duel.IsDone(n)), Is.EqualTo(outcome == UserOutcome.Done ? [] : new[] { 2 }));
        Assert.That(await duel.Leases.AcquireAsync(facade with { Uid = "id-3" }, duel.World.Time.GetUtcNow(), default), Is.Null, "locks are given back");
    });

    [TestCase(true)]
    [TestCase(false)]
    public void A_run_takes_over_a_user_whose_writer_is_gone_but_not_before_its_last_request_can_land(bool open) => Fight(async duel =>
    {
        Contender facade = new(duel, "F");
        duel.A.Knows = facade;
        RunHeader single = new() { RunId = "single", Kind = RunKind.OneUser, Plan = (await duel.PlanAsync()).Head, StartedAt = duel.World.Time.GetUtcNow() };
        Planned planned = await duel.PlanAsync();
        await duel.Store.BeginAsync(single, planned.Spool.PlannedAsync(default), default);
        Operation sent = (await planned.Spool.PlannedAsync(default).FirstAsync(user => user.User?.Uid == "id-2")).Plan.Operations[0];
        if (open) await duel.Store.IntentAsync("single", "id-2", 0, sent, single.StartedAt, default);
        UserLock left = new("TENANT-1", "ID-2", "facade/single", null, duel.World.Time.GetUtcNow() + Duel.Terms.Duration)
        {
            Process = facade.Process.Holder("single"), RequestTimeout = Duel.Terms.RequestTimeout,
        };
        await duel.Leases.AcquireAsync(left, duel.World.Time.GetUtcNow(), default);
        TimeSpan killed = duel.World.Elapsed;
        facade.Process.Kill();
        await duel.A.GoAsync("run-1");
        TimeSpan began = duel.A.Writes.First(w => w.Uid == "id-2").SentAt - killed;
        Assert.That(duel.A.Writes.First().SentAt - killed, Is.LessThan(TimeSpan.FromSeconds(5)), "the others do not wait");
        TimeSpan waits = open ? Duel.Terms.RequestTimeout : TimeSpan.Zero;
        Assert.That(began, Is.InRange(waits, waits + TimeSpan.FromSeconds(5)));
        Assert.That(duel.A.Ended?.Outcome, Is.EqualTo(RunOutcome.Succeeded));
        Assert.That(Enumerable.Range(0, Duel.Users).Select(duel.IsDone), Is.All.True);
    });

    private static async Task<RunUser> FindAsync(Duel duel, string uid)
    {
        await foreach (RunUser user in duel.Store.UsersAsync("run-1", default))
        {
            if (user.Planned.User?.Uid == uid) return user;
        }

        throw new AssertionException($"The run has no user {uid}.");
    }

    private static void Fight(Func<Duel, Task> story) => VirtualWorld.Run(1, world => story(new Duel(world)));
}
