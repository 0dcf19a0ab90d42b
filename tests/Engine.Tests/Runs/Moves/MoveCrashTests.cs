using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Tests.Execution;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Runs.Moves;

/// <summary>A process that dies while numbers move, at every moment, and one that goes on with its run.</summary>
public sealed class MoveCrashTests
{
    private static readonly Person[][] Worlds =
    [
        [Person.Signing(0, 1), Person.Signing(1, 0)],
        [Person.Signing(0, 1), Person.Signing(1, 2), Person.Signing(2, 0)],
        [Person.Signing(0, 1), Person.Signing(1, 2), Person.Signing(2, 3)],
        [new(null, SmsSignInState.NotEnabled, new Goal(1)), Person.Signing(0, 1), Person.Signing(1, 0)],
        [Person.Signing(0, 1), new(1, SmsSignInState.Ready, new Goal(null)), Person.Signing(2, 0)],
    ];

    [Test]
    public void A_run_that_was_killed_at_any_moment_is_gone_on_with_and_everybody_signs_in(
        [Values(0, 1, 2, 3, 4)] int world,
        [Values(CrashPoint.BeforeIntent, CrashPoint.AfterIntent, CrashPoint.AfterSend, CrashPoint.BeforeOutcome, CrashPoint.AfterOutcome,
            CrashPoint.BeforeResult)] CrashPoint point,
        [Range(0, 6)] int nth) => VirtualWorld.Run(1, async virtualWorld =>
    {
        Person[] people = Worlds[world];
        MoveBench bench = new(virtualWorld, people);
        RunHeader end = await KilledAndResumedAsync(virtualWorld, bench, people, new CrashPlan(point, nth));

        Assert.That(end.Outcome, Is.EqualTo(RunOutcome.Succeeded));
        for (int at = 0; at < people.Length; at++)
        {
            Assert.That(bench.Has(at, people[at].Final), Is.True, $"{at} has what the source wants");
            Assert.That(bench.SignsIn(at), Is.EqualTo(people[at].Keeps || bench.SignsIn(at)), $"{at} signs in");
        }

        // What was applied and not written down is found out by reading, and not sent again.
        Assert.That(bench.Tenant.Writes.Where(w => w.AppliedAt is not null).GroupBy(w => (w.Uid, w.Operation)).Where(g => g.Count() > 1), Is.Empty);
    });

    [Test]
    public void A_sign_in_that_was_lost_before_the_kill_is_reported_after_it(
        [Values(CrashPoint.BeforeIntent, CrashPoint.AfterIntent, CrashPoint.AfterSend, CrashPoint.BeforeOutcome, CrashPoint.AfterOutcome,
            CrashPoint.BeforeResult)] CrashPoint point,
        [Range(0, 2)] int nth) => VirtualWorld.Run(1, async virtualWorld =>
    {
        Person[] people = [Person.Signing(0, 1)];
        MoveBench bench = new(virtualWorld, people);
        bench.Tenant.Add(new DirectoryUser("outside", "outside@contoso.com"), Person.Signing(1, 1).Current);
        RunHeader end = await KilledAndResumedAsync(virtualWorld, bench, people, new CrashPlan(point, nth));

        Assert.That((end.Outcome, bench.SignsIn(0)), Is.EqualTo((RunOutcome.Partial, false)));
    });

    private static async Task<RunHeader> KilledAndResumedAsync(VirtualWorld virtualWorld, MoveBench bench, Person[] people, CrashPlan crash)
    {
        Planned planned = await Planned.MakeAsync(bench.Tenant, people.Select((p, at) => p.Row(at)), new() { Limits = Population.Off }, virtualWorld);
        MemoryRunStore store = new(virtualWorld.Time) { Crash = crash };
        bench.Tenant.Crash = crash;
        RunHeader run = new() { RunId = "run-1", Plan = planned.Head, StartedAt = virtualWorld.Time.GetUtcNow() };
        await store.BeginAsync(run, planned.Spool.PlannedAsync(default), default);
        return await GoAsync(run) ?? await GoOnAsync();

        async Task<RunHeader> GoOnAsync()
        {
            await virtualWorld.Delay(TimeSpan.FromMinutes(2));
            store.Crash = bench.Tenant.Crash = CrashPlan.Never;
            return await GoAsync(run with { ResumedAt = [virtualWorld.Time.GetUtcNow()] }) ?? throw new InvalidOperationException("It died again.");
        }

        async Task<RunHeader?> GoAsync(RunHeader which)
        {
            using Engine.Runs.RunExecutor runner = new(store, new UserExecutor(bench.Tenant, bench.Tenant, store, virtualWorld.Time, new()),
                virtualWorld.Time, new(),
                new QuietProgress());
            try
            {
                return await runner.RunAsync(which, TestAuthority.Create(which.RunId), default, default);
            }
            catch (CrashException)
            {
                return null;
            }
        }
    }
}
