using Moq;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Locking;

/// <summary>What the holder of a tenant leaves to the next one, and when it may still send (docs/safety.md#locks).</summary>
public sealed class HandOverTests
{
    private static readonly LeaseTerms Terms = new(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(70));

    // Seconds before the lease is given back at which requests without an answer left.
    [TestCase(new int[0], 0)]
    [TestCase(new[] { 0 }, 70)]
    [TestCase(new[] { 30 }, 40)]
    [TestCase(new[] { 30, 10, 20 }, 60)]
    [TestCase(new[] { 69 }, 1)]
    [TestCase(new[] { 70 }, 0)]
    [TestCase(new[] { 300 }, 0)]
    public void After_an_orderly_end_with_requests_in_doubt_users_with_open_intents_wait_until_none_can_land(int[] before, int waits) =>
        VirtualWorld.Run(async world =>
    {
        MemoryLeases leases = new();
        DateTimeOffset ends = world.Time.GetUtcNow().AddSeconds(300);
        TenantLease lease = await TakeAsync(leases, world, "run-1");
        foreach (int seconds in before) lease.NoteDoubt(ends.AddSeconds(-seconds));
        await world.Delay(TimeSpan.FromSeconds(300));
        await lease.DisposeAsync();

        TenantLease next = await TakeAsync(leases, world, "run-2");
        Assert.That((next.QuietLeft, next.OpenQuietLeft), Is.EqualTo((TimeSpan.Zero, TimeSpan.FromSeconds(waits))));
        await next.DisposeAsync();
    });

    [Test]
    public void A_holder_that_waits_itself_leaves_the_rest_of_its_wait_to_the_next() => VirtualWorld.Run(async world =>
    {
        MemoryLeases leases = new();
        TenantLease first = await TakeAsync(leases, world, "run-1");
        first.NoteDoubt(world.Time.GetUtcNow());
        await first.DisposeAsync();
        TenantLease second = await TakeAsync(leases, world, "run-2");
        await world.Delay(TimeSpan.FromSeconds(20));
        await second.DisposeAsync();

        TenantLease third = await TakeAsync(leases, world, "run-3");
        Assert.That(third.OpenQuietLeft, Is.EqualTo(TimeSpan.FromSeconds(50)));
        await third.DisposeAsync();
    });

    [TestCase(-1, true)]
    [TestCase(0, false)]
    [TestCase(1, false)]
    public void A_request_leaves_only_while_more_of_the_lease_is_left_than_it_may_take(int ticks, bool leaves) => VirtualWorld.Run(async world =>
    {
        Mock<ITenantLease> broken = new();
        broken.Setup(leases => leases.TakeAsync(It.IsAny<LeaseRecord>(), null, It.IsAny<CancellationToken>())).ReturnsAsync(true);
        broken.Setup(leases => leases.KeepAsync(It.IsAny<LeaseRecord>(), It.IsAny<CancellationToken>()))
            .Throws(new StoreException(StoreProblem.Unavailable, "The store does not answer.", ""));
        TenantLease lease = await TakeAsync(broken.Object, world, "run-1");
        await world.Delay(Terms.Window + TimeSpan.FromTicks(ticks));

        Assert.That(lease.Demand, leaves ? Throws.Nothing : Throws.InstanceOf<SendBarredException>());
        await lease.DisposeAsync();
    });

    private static async Task<TenantLease> TakeAsync(ITenantLease leases, VirtualWorld world, string run)
    {
        LeaseAcquirer acquirer = new(leases, "tenant-1", Terms, static _ => HolderState.MayLive, world.Time);
        LeaseAnswer answer = await acquirer.TryAsync(new LeaseHolder("ann", "host", "boot", 1, "s", "1.0", run), default);
        return ((LeaseAnswer.Taken)answer).Lease;
    }
}
