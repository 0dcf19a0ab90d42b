using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Pipeline.ChangeBench;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>A change of one user whose process is gone: another process goes on as soon as nothing of it can land any more.</summary>
public sealed class TakeOverTests
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(70);

    [TestCase(CrashPoint.BeforeIntent)]
    [TestCase(CrashPoint.AfterOutcome)]
    [TestCase(CrashPoint.BeforeResult)]
    public void A_process_that_is_gone_and_left_nothing_on_its_way_is_in_no_bodys_way(CrashPoint point) => VirtualWorld.Run(async world =>
    {
        (ChangeBench bench, RunPipeline next, InterruptedChanges after) = await DieAsync(world, point);
        TimeSpan began = world.Elapsed;
        Assert.That(await after.SettleAsync(default), Is.EqualTo(1));
        Assert.That(await next.ChangeAsync(Request(1, Some.Desired.Mobile(Phone(3))), default), Is.TypeOf<RunResult.Done>());
        Assert.That((bench.Now(1).Mobile.FullText(), world.Elapsed - began < TimeSpan.FromSeconds(10)), Is.EqualTo((Phone(3), true)));
    });

    [TestCase(CrashPoint.AfterIntent)]
    [TestCase(CrashPoint.BeforeOutcome)]
    public void While_its_last_request_may_land_nothing_is_sent_or_settled_and_the_answer_says_how_long(CrashPoint point) => VirtualWorld.Run(async world =>
    {
        (ChangeBench bench, RunPipeline next, InterruptedChanges after) = await DieAsync(world, point);
        TimeSpan began = world.Elapsed;
        int writes = bench.Tenant.Writes.Count;
        for (int second = 0; second < 70; second += 14)
        {
            RunResult result = await next.ChangeAsync(Request(1, Some.Desired.Mobile(Phone(3))), default);
            RunResult.Busy busy = (RunResult.Busy)result;
            Assert.That(busy.RetryAfter + world.Elapsed - began, Is.EqualTo(RequestTimeout).Within(TimeSpan.FromSeconds(1)), "exactly what is left");
            Assert.That(busy.RetryAfter, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
            Assert.That((await after.SettleAsync(default), bench.Tenant.Writes.Count), Is.EqualTo((0, writes)));
            await bench.WaitAsync(TimeSpan.FromSeconds(14) + began + TimeSpan.FromSeconds(second) - world.Elapsed);
        }

        await bench.WaitAsync(TimeSpan.FromSeconds(1));
        Assert.That(await after.SettleAsync(default), Is.EqualTo(1));
        Assert.That(await next.ChangeAsync(Request(1, Some.Desired.Mobile(Phone(3))), default), Is.TypeOf<RunResult.Done>());
        Assert.That(bench.Now(1).Mobile.FullText(), Is.EqualTo(Phone(3)));
    });

    [Test]
    public void What_the_last_request_did_is_seen_by_the_repeat() => VirtualWorld.Run(async world =>
    {
        (ChangeBench bench, RunPipeline next, InterruptedChanges after) = await DieAsync(world, CrashPoint.AfterIntent);
        Task lands = LandAsync();
        Assert.That(await next.ChangeAsync(Request(1, Some.Desired.Mobile(Phone(2))), default), Is.TypeOf<RunResult.Busy>());
        await bench.WaitAsync(RequestTimeout);
        await lands;
        Assert.That(await after.SettleAsync(default), Is.EqualTo(1));
        RunHeader run = (await bench.SinglesAsync()).Single();
        Assert.That((await bench.Store.UsersAsync(run.RunId, default).SingleAsync()).Result?.Operations.Single().Outcome, Is.EqualTo(OperationOutcome.Done));
        Assert.That(await next.ChangeAsync(Request(1, Some.Desired.Mobile(Phone(2))), default), Is.TypeOf<RunResult.NothingToDo>());
        Assert.That(bench.Tenant.Writes, Is.Empty);

        async Task LandAsync()
        {
            await world.Delay(TimeSpan.FromSeconds(65));
            bench.Tenant.Change(bench.Tenant[Uid(1)], now => now.Mobile(Phone(2)));
        }
    });

    [Test]
    public void A_short_rest_of_the_wait_is_waited_for() => VirtualWorld.Run(async world =>
    {
        (ChangeBench bench, RunPipeline next, _) = await DieAsync(world, CrashPoint.AfterIntent);
        Assert.That(await next.ChangeAsync(Request(1, Some.Desired.Mobile(Phone(3))), default), Is.TypeOf<RunResult.Busy>());
        await bench.WaitAsync(RequestTimeout - TimeSpan.FromSeconds(2));
        Assert.That(await next.ChangeAsync(Request(1, Some.Desired.Mobile(Phone(3))), default), Is.TypeOf<RunResult.Done>());
    });

    [Test]
    public void A_lock_that_its_holder_left_behind_lasts_no_longer_than_its_last_request() => VirtualWorld.Run(async world =>
    {
        using CancellationTokenSource cut = new(TimeSpan.FromSeconds(2), world.Time);
        ChangeBench bench = new ChangeBench(world, signals: new Engine.Execution.EndSignals(cut.Token, cut.Token)).With(1, Some.User.Mobile(Phone(1)));
        bench.Tenant.Faults = (_, n) => n == 0 ? WriteFault.LateAfterBroken : WriteFault.None;
        Assert.That(await bench.ChangeAsync(1, Some.Desired.Mobile(Phone(2))), Is.TypeOf<RunResult.Unknown>());
        foreach (string? gone in (string?[])[null, "facade"])
        {
            bench.Gone = gone;
            RunResult.Busy busy = (RunResult.Busy)await Next(bench).ChangeAsync(Request(1, Some.Desired.Mobile(Phone(5))), default);
            Assert.That(busy.RetryAfter, Is.EqualTo(RequestTimeout).Within(TimeSpan.FromSeconds(2)), $"gone: {gone}");
        }
    });

    [Test]
    public void A_request_waits_three_seconds_for_a_holder_at_work_and_not_at_all_for_one_that_renews_nothing() => VirtualWorld.Run(async world =>
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)));
        foreach ((int left, int waited) in ((int, int)[])[(120, 3), (60, 0)])
        {
            UserLock other = new("tenant-1", Uid(1), "other", null, world.Time.GetUtcNow().AddSeconds(left));
            await bench.AcquireAsync(other, world.Time.GetUtcNow(), default);
            TimeSpan began = world.Elapsed;
            RunResult.Busy busy = (RunResult.Busy)await bench.ChangeAsync(1, Some.Desired.Mobile(Phone(2)));
            Assert.That((world.Elapsed - began).TotalSeconds, Is.EqualTo(waited).Within(0.9), $"{left} s left");
            Assert.That(world.Time.GetUtcNow() + busy.RetryAfter, Is.EqualTo(other.Until), "what is left of the lock");
            await bench.ReleaseAsync(other, default);
        }
    });

    private static async Task<(ChangeBench ChangeBench, RunPipeline Next, InterruptedChanges After)> DieAsync(VirtualWorld world, CrashPoint point)
    {
        ChangeBench bench = new ChangeBench(world).With(1, Some.User.Mobile(Phone(1)));
        (bench.Crash, bench.Dead) = (new CrashPlan(point), true);
        Assert.That(await ErrorOf(() => bench.ChangeAsync(1, Some.Desired.Mobile(Phone(2)))), Is.TypeOf<CrashException>());
        (bench.Crash, bench.Dead, bench.Gone) = (CrashPlan.Never, false, "facade");
        return (bench, Next(bench), new InterruptedChanges(bench.Ports, SettingsOfNext(bench)));
    }

    private static RunPipeline Next(ChangeBench bench) => new(bench.Ports with { Signals = default }, SettingsOfNext(bench), bench.Writer);

    private static PipelineSettings SettingsOfNext(ChangeBench bench) =>
        bench.Settings with { Holder = "next", Process = new HolderProcess("host", "boot", 2, "next") };
}
