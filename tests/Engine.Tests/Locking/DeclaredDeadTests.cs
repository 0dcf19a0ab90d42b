using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Locking;

/// <summary>A holder that its cluster gave up while it may be alive: who takes the tenant begins at once, and waits only where it must.</summary>
public sealed class DeclaredDeadTests
{
    private static readonly TimeSpan Ends = Duel.Terms.Duration + Duel.Terms.RequestTimeout;

    [TestCase("run-1")]
    [TestCase("run-2")]
    public void The_next_holder_writes_within_seconds_and_the_one_before_sends_nothing_more(string next) => Fight(async duel =>
    {
        Task first = duel.A.GoAsync("run-1");
        await duel.UntilAsync(() => duel.Log.Count > 2);
        duel.A.Process.Freeze();
        duel.DeclaredDead.Add("A");
        TimeSpan declared = duel.World.Elapsed;
        Task second = duel.B.GoAsync(next);
        await duel.UntilAsync(() => duel.B.Writes.Any());
        Assert.That(duel.World.Elapsed - declared, Is.LessThan(TimeSpan.FromSeconds(5)));

        duel.A.Process.Thaw();
        await Task.WhenAll(first, second);
        Assert.That(duel.A.Writes.Select(w => w.SentAt), Is.All.LessThanOrEqualTo(declared));
        Assert.That(duel.Fence.Stale, Is.Empty);
        Assert.That(duel.A.Ended?.Outcome, Is.EqualTo(RunOutcome.Interrupted));
        Assert.That(duel.B.Ended?.Outcome, Is.EqualTo(RunOutcome.Succeeded));
        Assert.That(Enumerable.Range(0, Duel.Users).Select(duel.IsDone), Is.All.True);
    });

    [TestCase("run-1")]
    [TestCase("run-2")]
    public void A_user_with_an_open_intent_waits_until_the_earlier_holder_cannot_send_it_any_more(string next) => Fight(async duel =>
    {
        // Users 0 and 1 are on their way to the quota when the process stops; one of their requests leaves after it wakes.
        duel.A.Tenant.Queue = _ => TimeSpan.FromSeconds(20);
        Task first = duel.A.GoAsync("run-1");
        await duel.UntilAsync(() => duel.Store.Intents.Length == 2);
        string[] open = [.. duel.Store.Intents.Select(i => i.Uid)];
        TimeSpan began = duel.World.Elapsed;
        duel.DeclaredDead.Add("A");
        Task second = duel.B.GoAsync(next);
        await Task.WhenAll(first, second);
        Assert.That(duel.A.Writes.Select(w => w.Uid), Is.SubsetOf(open), "only what had an intent");
        Assert.That(duel.B.Writes.Where(w => !open.Contains(w.Uid)).Select(w => w.SentAt - began), Is.All.LessThan(TimeSpan.FromSeconds(10)));
        Assert.That(duel.B.Writes.Where(w => open.Contains(w.Uid)).Select(w => w.SentAt - began),
            Is.All.InRange(Ends - TimeSpan.FromSeconds(5), Ends + TimeSpan.FromSeconds(30)));
        Assert.That(duel.Log.GroupBy(w => w.Uid).Select(writes => writes.Count()), Is.All.EqualTo(2), "a mobile and an office number, each once");
        Assert.That(Enumerable.Range(0, Duel.Users).Select(duel.IsDone), Is.All.True);
    });

    [Test]
    public void A_run_that_was_begun_by_a_version_without_the_fence_is_waited_for_as_before() => VirtualWorld.Run(async world =>
    {
        MemoryLeases leases = new();
        LeaseRecord old = await HeldAsync(leases, world) with { IsFenced = false };
        await leases.KeepAsync(old, default);
        LeaseAnswer answer = await Taker(leases, world).TryAsync(Holder("B"), default);
        Assert.That(answer, Is.InstanceOf<LeaseAnswer.HeldBy>());
    });

    [TestCase(0, 190)]
    [TestCase(30, 160)]
    [TestCase(119, 71)]
    public void What_was_watched_before_is_not_waited_for_again(int watched, int waits) => VirtualWorld.Run(async world =>
    {
        MemoryLeases leases = new();
        await HeldAsync(leases, world);
        HolderState state = HolderState.MayLive;
        LeaseAcquirer taker = new(leases, "tenant-1", Duel.Terms, _ => state, world.Time);
        await taker.TryAsync(Holder("B"), default);
        await world.Delay(TimeSpan.FromSeconds(watched));
        state = HolderState.DeclaredDead;
        LeaseAnswer answer = await taker.TryAsync(Holder("B"), default);
        await using TenantLease lease = ((LeaseAnswer.Taken)answer).Lease;
        Assert.That((lease.QuietLeft, lease.OpenQuietLeft), Is.EqualTo((TimeSpan.Zero, TimeSpan.FromSeconds(waits))));
    });

    [TestCase(true)]
    [TestCase(false)]
    public void Who_ends_while_users_still_wait_leaves_their_wait_to_the_next(bool dies) => VirtualWorld.Run(async world =>
    {
        MemoryLeases leases = new();
        await HeldAsync(leases, world);
        TenantLease second = ((LeaseAnswer.Taken)await Taker(leases, world).TryAsync(Holder("B"), default)).Lease;
        await world.Delay(TimeSpan.FromSeconds(60));
        if (!dies) await second.DisposeAsync();
        LeaseAcquirer taker = new(leases, "tenant-1", Duel.Terms, holder => holder.ProcessStart == "B" ? HolderState.Gone : HolderState.MayLive, world.Time);
        await using TenantLease third = ((LeaseAnswer.Taken)await taker.TryAsync(Holder("C"), default)).Lease;
        Assert.That((third.QuietLeft, third.OpenQuietLeft), Is.EqualTo((TimeSpan.Zero, TimeSpan.FromSeconds(130))));
        if (dies) await second.DisposeAsync();
    });

    /// <summary>A lease whose holder does nothing any more.</summary>
    private static async Task<LeaseRecord> HeldAsync(MemoryLeases leases, VirtualWorld world)
    {
        DateTimeOffset now = world.Time.GetUtcNow();
        LeaseRecord held = new()
        {
            TenantId = "TENANT-1", Epoch = 1, Holder = Holder("A"), Since = now, HeartbeatAt = now, Until = now + Duel.Terms.Duration,
            Duration = Duel.Terms.Duration, RequestTimeout = Duel.Terms.RequestTimeout, IsFenced = true,
        };
        await leases.TakeAsync(held, null, default);
        return held;
    }

    private static LeaseAcquirer Taker(MemoryLeases leases, VirtualWorld world) =>
        new(leases, "tenant-1", Duel.Terms, _ => HolderState.DeclaredDead, world.Time);

    private static LeaseHolder Holder(string name) => new("ann", "host", "boot", name[0], name, "1.0", $"run-of-{name}");

    private static void Fight(Func<Duel, Task> story) => VirtualWorld.Run(1, world => story(new Duel(world)));
}
