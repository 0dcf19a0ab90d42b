using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Tests.Runs.Incremental;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Runs.Drift;

/// <summary>The source says how old its rows are, and the audit log when another administrator changed something.</summary>
public sealed class AsOfTests
{
    private const string Helpdesk = "+1 4255550199";

    [TestCase(true, true, ExpectedResult = false)]
    [TestCase(true, false, ExpectedResult = false)]
    [TestCase(false, true, ExpectedResult = true)]
    [TestCase(false, false, ExpectedResult = true)]
    public bool A_row_older_than_the_change_is_held_and_a_newer_one_goes_with_and_without_memory(bool rowIsOlder, bool memory) =>
        VirtualWorld.Run(1, async world =>
    {
        NightBench bench = new(world, 3) { WatchesDrift = true };
        if (memory) await bench.ApplyAsync(incremental: false);
        await world.Delay(TimeSpan.FromHours(2));
        DateTimeOffset before = bench.Now;
        await world.Delay(TimeSpan.FromHours(2));
        bench.Tenant.Change(bench.Tenant[NightBench.Uid(1)], u => u.Mobile(Helpdesk));
        bench.Feed.Log(NightBench.Uid(1), TimeSpan.Zero);
        await world.Delay(TimeSpan.FromHours(2));
        bench.AsOf[1] = rowIsOlder ? before : bench.Now;
        await bench.ApplyAsync(incremental: false);
        return bench.IsRight(1);
    });

    [Test]
    public void Changes_of_our_own_application_do_not_count() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 3) { WatchesDrift = true };
        bench.AsOf[1] = bench.Now;
        await world.Delay(TimeSpan.FromHours(2));
        bench.Want(1, Some.Desired.Mobile(NightBench.Number(1, 5)));
        await bench.ApplyAsync(incremental: false);
        await world.Delay(TimeSpan.FromHours(2));
        bench.Want(1, Some.Desired.Mobile(NightBench.Number(1, 6)));
        await bench.ApplyAsync(incremental: false);
        Assert.That(bench.IsRight(1), "the log shows of our own write after asOf");
    });

    [Test]
    public void Nothing_is_drift_without_memory_and_without_asOf_and_the_log_is_not_asked() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 3) { WatchesDrift = true };
        bench.Tenant.Change(bench.Tenant[NightBench.Uid(1)], u => u.Mobile(Helpdesk));
        bench.Feed.Log(NightBench.Uid(1), TimeSpan.Zero);
        await bench.ApplyAsync(incremental: false);
        Assert.That(bench.IsRight(1));
        Assert.That(bench.Feed.Asked, Is.Zero);
    });

    [Test]
    public void What_is_still_as_it_was_verified_is_not_an_outside_change() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 3) { WatchesDrift = true };
        await bench.ApplyAsync(incremental: false);
        bench.AsOf[1] = bench.Now;
        await world.Delay(TimeSpan.FromHours(2));
        bench.Tenant.Change(bench.Tenant[NightBench.Uid(1)], u => u.With(MethodKind.MicrosoftAuthenticator));
        bench.Feed.Log(NightBench.Uid(1), TimeSpan.Zero);
        bench.Want(1, Some.Desired.Mobile(NightBench.Number(1, 5)));
        await bench.ApplyAsync(incremental: false);
        Assert.That(bench.IsRight(1));
    });

    [Test]
    public void A_log_that_cannot_be_read_is_reported_and_memory_still_counts() => VirtualWorld.Run(async world =>
    {
        NightBench bench = new(world, 3) { WatchesDrift = true };
        await bench.ApplyAsync(incremental: false);
        bench.AsOf[1] = bench.Now;
        bench.Feed.AuditError = new ServiceError(ErrorKind.Forbidden, "Forbidden", "No.");
        bench.Tenant.Change(bench.Tenant[NightBench.Uid(1)], u => u.Mobile(Helpdesk));
        await bench.ApplyAsync(incremental: false);
        Assert.That(bench.LastPlan!.Diagnostics.Select(d => d.Code), Does.Contain("auditLogNotRead"));
        Assert.That(bench.LastUsers.Single().Plan.Held.Single().Code, Is.EqualTo(HoldCodes.Drift));
    });
}
