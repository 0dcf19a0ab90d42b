using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Locking;

/// <summary>What a lock on a user means that another holder has: living, gone, or not known.</summary>
public sealed class UserLockingTests
{
    private const string Tenant = "TENANT-1";
    private static readonly LeaseTerms Terms = new(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(70));

    [Test]
    public void The_lock_of_a_process_that_is_gone_is_taken_at_once_where_nothing_can_land() => VirtualWorld.Run(async world =>
    {
        Stage stage = new(world, onTheWay: false);
        await stage.LockAsync("gone");
        Assert.That(await stage.Locking.TryAsync(stage.Mine(), default), Is.Null);
        Assert.That(await stage.FindAsync(), Is.EqualTo(stage.Mine()));
    });

    [TestCase("lives")]
    [TestCase(null)]
    public void The_lock_of_a_process_that_may_live_stands_until_it_expires(string? start) => VirtualWorld.Run(async world =>
    {
        Stage stage = new(world, onTheWay: false);
        UserLock other = await stage.LockAsync(start);
        Assert.That(await stage.Locking.TryAsync(stage.Mine(), default), Is.EqualTo(other));
        await world.Delay(Terms.Duration - TimeSpan.FromSeconds(1));
        Assert.That(await stage.Locking.TryAsync(stage.Mine(), default), Is.EqualTo(other));
        await world.Delay(TimeSpan.FromSeconds(1));
        Assert.That(await stage.Locking.TryAsync(stage.Mine(), default), Is.Null);
    });

    [Test]
    public void While_the_last_request_of_a_process_that_is_gone_may_land_the_user_stays_locked_and_asking_again_lengthens_nothing() =>
        VirtualWorld.Run(async world =>
    {
        Stage stage = new(world, onTheWay: true);
        UserLock gone = await stage.LockAsync("gone");
        DateTimeOffset lands = world.Time.GetUtcNow().AddSeconds(70);
        for (int second = 0; second < 70; second += 10)
        {
            Assert.That(await stage.Locking.TryAsync(stage.Mine(), default), Is.EqualTo(gone with { Until = lands }), $"after {second} s");
            Assert.That(await stage.FindAsync(), Is.EqualTo(gone with { Until = lands }));
            await world.Delay(TimeSpan.FromSeconds(10));
        }

        Assert.That(await stage.Locking.TryAsync(stage.Mine(), default), Is.Null);
    });

    [Test]
    public void How_long_a_request_may_land_is_what_its_sender_had_set() => VirtualWorld.Run(async world =>
    {
        Stage stage = new(world, onTheWay: true);
        await stage.LockAsync("gone", TimeSpan.FromSeconds(100));
        Assert.That((await stage.Locking.TryAsync(stage.Mine(), default))?.Until, Is.EqualTo(world.Time.GetUtcNow().AddSeconds(100)));
    });

    [Test]
    public void Taking_over_never_makes_a_lock_longer() => VirtualWorld.Run(async world =>
    {
        Stage stage = new(world, onTheWay: true);
        UserLock gone = await stage.LockAsync("gone");
        await world.Delay(TimeSpan.FromSeconds(90));
        Assert.That(await stage.Locking.TryAsync(stage.Mine(), default), Is.EqualTo(gone));
        await world.Delay(TimeSpan.FromSeconds(30));
        Assert.That(await stage.Locking.TryAsync(stage.Mine(), default), Is.Null);
    });

    [Test]
    public void The_journal_that_is_not_asked_is_that_of_the_run_that_wants_the_user() => VirtualWorld.Run(async world =>
    {
        MemoryLeases leases = new() { MayBeOnTheWay = (_, besides) => besides != "r-mine" };
        Stage stage = new(world, leases);
        await stage.LockAsync("gone");
        Assert.That(await stage.Locking.TryAsync(stage.Mine() with { Holder = "r-mine", Epoch = 3 }, default), Is.Null);
    });

    [TestCase(0.5, 3, 0.5)]
    [TestCase(2.9, 3, 1)]
    [TestCase(3.1, 3, null)]
    [TestCase(70, 3, null)]
    [TestCase(86, 3, null)]
    [TestCase(87, 3, 1)]
    [TestCase(120, 3, 1)]
    [TestCase(120, 0, null)]
    [TestCase(0, 3, 0)]
    public void A_request_waits_only_for_a_holder_that_renews_its_lock_or_for_a_lock_that_ends_within_the_pauses(double left, int pauses, double? pause) =>
        VirtualWorld.Run(async world =>
    {
        Stage stage = new(world, onTheWay: false);
        UserLock other = stage.Mine() with { Until = world.Time.GetUtcNow().AddSeconds(left) };
        TimeSpan[] seconds = [.. Enumerable.Repeat(TimeSpan.FromSeconds(1), pauses)];
        Assert.That(stage.Locking.PauseFor(other, Terms, seconds)?.TotalSeconds, Is.EqualTo(pause));
        await Task.CompletedTask;
    });

    private sealed class Stage(VirtualWorld world, MemoryLeases leases)
    {
        public Stage(VirtualWorld world, bool onTheWay)
            : this(world, new MemoryLeases { MayBeOnTheWay = (uid, besides) => onTheWay && uid == "a" && besides == "next/r2" })
        {
        }

        public UserLocking Locking { get; } = new(leases, leases, holder => holder.ProcessStart == "gone", world.Time);

        public UserLock Mine() => new(Tenant, "a", "next/r2", null, world.Time.GetUtcNow() + Terms.Duration)
        {
            Process = new HolderProcess("host", "boot", 2, "next"), RequestTimeout = Terms.RequestTimeout,
        };

        public async Task<UserLock> LockAsync(string? start, TimeSpan? requestTimeout = null)
        {
            UserLock other = new(Tenant, "a", "facade/r1", null, world.Time.GetUtcNow() + Terms.Duration)
            {
                Process = start is null ? null : new HolderProcess("host", "boot", 1, start),
                RequestTimeout = start is null ? null : requestTimeout ?? Terms.RequestTimeout,
            };
            Assert.That(await leases.AcquireAsync(other, world.Time.GetUtcNow(), default), Is.Null);
            return other;
        }

        public ValueTask<UserLock?> FindAsync() => leases.FindAsync(Tenant, "a", default);
    }
}
