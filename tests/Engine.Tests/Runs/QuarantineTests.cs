using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Runs.Memory;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Runs;

/// <summary>A tenant that fails as a whole is left alone until some users show that it works again.</summary>
public sealed class QuarantineTests
{
    private const int Users = 200;

    [Test]
    public void Too_many_failures_stop_the_run_and_the_next_one_tries_25_first() => Run(async bench =>
    {
        bench.Tenant.Faults = (_, _) => WriteFault.Refused;
        RunHeader stopped = await bench.GoAsync();
        Assert.That(stopped.Outcome, Is.EqualTo(RunOutcome.Failed));
        Assert.That(stopped.Outcomes.Failed, Is.EqualTo(50));
        Assert.That(stopped.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { TenantQuarantine.TooManyFailures, TenantQuarantine.DiagnosticCode }));
        Assert.That((await bench.FindAsync())?.Code, Is.EqualTo(TenantQuarantine.TooManyFailures));

        RunHeader again = await bench.GoAsync();
        Assert.That(again.Outcome, Is.EqualTo(RunOutcome.Failed));
        Assert.That(again.Outcomes.Failed, Is.EqualTo(75), "25 more were tried");
        Assert.That(again.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { TenantQuarantine.DiagnosticCode }));

        bench.Tenant.Faults = (_, _) => WriteFault.None;
        RunHeader well = await bench.GoAsync();
        Assert.That(well.Outcome, Is.EqualTo(RunOutcome.Partial));
        Assert.That((well.Outcomes.Done, well.Outcomes.Failed), Is.EqualTo((125L, 75L)));
        Assert.That(await bench.FindAsync(), Is.Null);
    });

    [Test]
    public void One_of_the_25_who_fails_keeps_the_quarantine() => Run(async bench =>
    {
        await bench.Quarantines.BeginAsync(new TenantQuarantine("tenant-1", bench.Now, "r", TenantQuarantine.TooManyFailures, "x"), default);
        bench.Tenant.Faults = (uid, _) => uid == "id-24" ? WriteFault.Refused : WriteFault.None;
        RunHeader head = await bench.GoAsync();
        Assert.That((head.Outcome, head.Outcomes.Done, head.Outcomes.Failed), Is.EqualTo((RunOutcome.Failed, 24L, 1L)));
        Assert.That(await bench.FindAsync(), Is.Not.Null);
    });

    [TestCase(10, true)]
    [TestCase(25, false)]
    public void Fewer_users_than_25_prove_nothing_when_there_are_more(int limit, bool stays) => Run(async bench =>
    {
        await bench.Quarantines.BeginAsync(new TenantQuarantine("tenant-1", bench.Now, "r", TenantQuarantine.TooManyFailures, "x"), default);
        RunHeader head = await bench.GoAsync(new RunSettings { Limit = limit });
        Assert.That((head.Outcome, head.Outcomes.Done), Is.EqualTo((RunOutcome.Interrupted, (long)limit)));
        Assert.That(await bench.FindAsync() is not null, Is.EqualTo(stays));
    });

    [Test]
    public void A_run_that_has_no_user_left_to_try_proves_nothing() => Run(async bench =>
    {
        RunHeader first = await bench.GoAsync();
        await bench.Quarantines.BeginAsync(new TenantQuarantine("tenant-1", bench.Now, "r", TenantQuarantine.TooManyFailures, "x"), default);
        await bench.GoAsync();
        Assert.That(first.Outcomes.Done, Is.EqualTo(Users));
        Assert.That(await bench.FindAsync(), Is.Not.Null);
    });

    [TestCase(39, false)]
    [TestCase(41, true)]
    public void Failures_count_from_forty_in_a_hundred_on(int percent, bool stops) => Run(async bench =>
    {
        bench.Tenant.Faults = (uid, _) => int.Parse(uid[3..], System.Globalization.CultureInfo.InvariantCulture) % 100 >= 100 - percent
            ? WriteFault.Refused : WriteFault.None;
        RunHeader head = await bench.GoAsync();
        Assert.That(head.Outcome, Is.EqualTo(stops ? RunOutcome.Failed : RunOutcome.Partial));
    });

    [Test]
    public void What_a_run_applied_is_known_when_it_has_ended() => Run(async bench =>
    {
        RunHeader head = await bench.GoAsync();
        Assert.That(head.Applied.Sum(h => h.Writes.Add), Is.EqualTo(Users));
        PastWrites past = await PlanMemoryReader.PastWritesAsync(bench.Store, "TENANT-1", bench.Now, default);
        Assert.That((past.Day.Add, past.Week.Add), Is.EqualTo(((long)Users, (long)Users)));
        Assert.That((await PlanMemoryReader.PastWritesAsync(bench.Store, "tenant-1", bench.Now.AddDays(2), default)).Day.Add, Is.Zero);
        Assert.That((await PlanMemoryReader.PastWritesAsync(bench.Store, "tenant-2", bench.Now, default)).Week.Add, Is.Zero);
    });

    private static void Run(Func<ChangeBench, Task> play) => VirtualWorld.Run(1, async world =>
    {
        ModelTenant tenant = new(world);
        for (int n = 0; n < Users; n++) tenant.Add(new($"id-{n}", $"u{n}@contoso.com"), CurrentMethods.Nothing);
        Planned planned = await Planned.MakeAsync(tenant,
            Enumerable.Range(0, Users).Select(n => Planned.Row(n, $"id-{n}", new() { Mobile = Managed.Value(Phone(n)) })), new(), world);
        MemoryRunStore store = new();
        RunHeader run = new() { RunId = "run-1", Plan = planned.Head, StartedAt = world.Time.GetUtcNow() };
        await store.BeginAsync(run, planned.Spool.PlannedAsync(default), default);
        await play(new ChangeBench(world, tenant, store, run));
    });

    private sealed class ChangeBench(VirtualWorld world, ModelTenant tenant, MemoryRunStore store, RunHeader run)
    {
        public ModelTenant Tenant => tenant;

        public MemoryRunStore Store => store;

        public MemoryQuarantines Quarantines { get; } = new MemoryQuarantines();

        public DateTimeOffset Now => world.Time.GetUtcNow();

        public ValueTask<TenantQuarantine?> FindAsync() => Quarantines.FindAsync("tenant-1", default);

        public async Task<RunHeader> GoAsync(RunSettings? settings = null)
        {
            // One after the other, so that it is known who is tried when.
            RunSettings how = (settings ?? new()) with { UsersInFlight = 1 };
            using RunExecutor runner = new(store, new UserExecutor(tenant, tenant, store, world.Time, new()),
                world.Time, how, new Execution.QuietProgress(), Quarantines);
            return await runner.RunAsync(run, TestAuthority.Create(run.RunId), default, default);
        }
    }
}
