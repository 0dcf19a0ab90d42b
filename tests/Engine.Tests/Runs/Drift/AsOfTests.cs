using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Tests.Runs.Incremental;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Runs.Drift;

/// <summary>The source says how old its rows are, and the audit log when somebody else changed something.</summary>
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
        House house = new(world, 3) { WatchesDrift = true };
        if (memory) await house.ApplyAsync(incremental: false);
        await world.Delay(TimeSpan.FromHours(2));
        DateTimeOffset before = house.Now;
        await world.Delay(TimeSpan.FromHours(2));
        house.Tenant.Change(house.Tenant[House.Uid(1)], u => u.Mobile(Helpdesk));
        house.Feed.Log(House.Uid(1), TimeSpan.Zero);
        await world.Delay(TimeSpan.FromHours(2));
        house.AsOf[1] = rowIsOlder ? before : house.Now;
        await house.ApplyAsync(incremental: false);
        return house.IsRight(1);
    });

    [Test]
    public void Changes_of_our_own_application_do_not_count() => VirtualWorld.Run(async world =>
    {
        House house = new(world, 3) { WatchesDrift = true };
        house.AsOf[1] = house.Now;
        await world.Delay(TimeSpan.FromHours(2));
        house.Want(1, Some.Desired.Mobile(House.Number(1, 5)));
        await house.ApplyAsync(incremental: false);
        await world.Delay(TimeSpan.FromHours(2));
        house.Want(1, Some.Desired.Mobile(House.Number(1, 6)));
        await house.ApplyAsync(incremental: false);
        Assert.That(house.IsRight(1), "the log tells of our own write after asOf");
    });

    [Test]
    public void Nothing_is_drift_without_memory_and_without_asOf_and_the_log_is_not_asked() => VirtualWorld.Run(async world =>
    {
        House house = new(world, 3) { WatchesDrift = true };
        house.Tenant.Change(house.Tenant[House.Uid(1)], u => u.Mobile(Helpdesk));
        house.Feed.Log(House.Uid(1), TimeSpan.Zero);
        await house.ApplyAsync(incremental: false);
        Assert.That(house.IsRight(1));
        Assert.That(house.Feed.Asked, Is.Zero);
    });

    [Test]
    public void What_is_still_as_it_was_verified_is_not_what_somebody_changed() => VirtualWorld.Run(async world =>
    {
        House house = new(world, 3) { WatchesDrift = true };
        await house.ApplyAsync(incremental: false);
        house.AsOf[1] = house.Now;
        await world.Delay(TimeSpan.FromHours(2));
        house.Tenant.Change(house.Tenant[House.Uid(1)], u => u.With(MethodKind.MicrosoftAuthenticator));
        house.Feed.Log(House.Uid(1), TimeSpan.Zero);
        house.Want(1, Some.Desired.Mobile(House.Number(1, 5)));
        await house.ApplyAsync(incremental: false);
        Assert.That(house.IsRight(1));
    });

    [Test]
    public void A_log_that_cannot_be_read_is_told_and_memory_still_counts() => VirtualWorld.Run(async world =>
    {
        House house = new(world, 3) { WatchesDrift = true };
        await house.ApplyAsync(incremental: false);
        house.AsOf[1] = house.Now;
        house.Feed.AuditError = new ServiceError(ErrorKind.Forbidden, "Forbidden", "No.");
        house.Tenant.Change(house.Tenant[House.Uid(1)], u => u.Mobile(Helpdesk));
        await house.ApplyAsync(incremental: false);
        Assert.That(house.LastPlan!.Diagnostics.Select(d => d.Code), Does.Contain("auditLogNotRead"));
        Assert.That(house.LastUsers.Single().Plan.Held.Single().Code, Is.EqualTo(HoldCodes.Drift));
    });
}
