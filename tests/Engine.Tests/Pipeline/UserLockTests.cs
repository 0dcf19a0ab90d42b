using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Pipeline.ChangeBench;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>A change of one user and its lock: renewed while the change goes on, and nothing leaves without it.</summary>
public sealed class UserLockTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(7);

    [Test]
    public void A_change_that_waits_for_its_turn_longer_than_its_lock_lasts_keeps_the_user() => VirtualWorld.Run(async world =>
    {
        ChangeProcesses all = new(world);
        (ChangeProcess first, ChangeProcess second) = (all.Start("A"), all.Start("B"));
        first.Tenant.Queue = _ => Long;
        Task<RunResult> change = first.ChangeAsync(2);
        await world.Delay(Long - TimeSpan.FromSeconds(30));
        RunResult.Busy busy = (RunResult.Busy)await second.ChangeAsync(3);
        Assert.That(busy.RetryAfter, Is.InRange(TimeSpan.FromSeconds(90), TimeSpan.FromMinutes(2)), "a holder at work renews its lock");
        Assert.That(await change, Is.TypeOf<RunResult.Done>());
        Assert.That(await second.ChangeAsync(3), Is.TypeOf<RunResult.Done>(), "given back");
        Assert.That(all.Tenant.MostOverlapping, Is.EqualTo(1));
    });

    [TestCase(20, true)]
    [TestCase(600, false)]
    public void A_store_that_is_away_for_a_moment_stops_no_change_and_one_that_stays_away_lets_nothing_leave(int seconds, bool done) =>
        VirtualWorld.Run(async world =>
    {
        ChangeProcesses all = new(world);
        ChangeProcess process = all.Start("A");
        process.Tenant.Queue = _ => TimeSpan.FromSeconds(100);
        Task<RunResult> change = process.ChangeAsync(2);
        await world.Delay(TimeSpan.FromSeconds(5));
        process.Process.StoreIsDown = true;
        await world.Delay(TimeSpan.FromSeconds(seconds));
        process.Process.StoreIsDown = false;
        Exception? error = await ErrorOf(() => change);
        Assert.That(error, done ? Is.Null : Is.TypeOf<StoreException>());
        Assert.That(all.SentBy("A").Count(), Is.EqualTo(done ? 1 : 0));
    });

    [Test]
    public void A_process_that_was_paused_beyond_its_lock_sends_nothing_when_it_wakes_up() => VirtualWorld.Run(async world =>
    {
        ChangeProcesses all = new(world);
        (ChangeProcess first, ChangeProcess second) = (all.Start("A"), all.Start("B"));
        first.Tenant.Queue = _ => TimeSpan.FromSeconds(20);
        Task<RunResult> change = first.ChangeAsync(2);
        await world.Delay(TimeSpan.FromSeconds(5));
        first.Process.Freeze();
        RunResult result = await second.ChangeAsync(3);
        while (result is RunResult.Busy busy)
        {
            await world.Delay(busy.RetryAfter);
            result = await second.ChangeAsync(3);
        }

        Assert.That(result, Is.TypeOf<RunResult.Done>());
        Assert.That(world.Elapsed, Is.LessThan(TimeSpan.FromMinutes(3)), "the lock ended two minutes after it was renewed last");
        first.Process.Thaw();
        Assert.That(await change, Is.TypeOf<RunResult.Cut>());
        Assert.That(all.SentBy("A"), Is.Empty);
        Assert.That(all.Tenant[Uid(1)].Now.Mobile.FullText(), Is.EqualTo(Phone(3)));
    });
}
