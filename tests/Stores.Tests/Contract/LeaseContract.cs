using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Tests.Samples;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Contract;

/// <summary>What every store of leases and locks keeps to, seen from two processes.</summary>
public abstract class LeaseContract
{
    private const string Tenant = "TENANT-1";

    /// <summary>Leases as two processes see them.</summary>
    protected abstract Task<(ITenantLease One, ITenantLease Two)> MakeAsync();

    [Test]
    public async Task A_tenant_without_a_lease_has_none()
    {
        (ITenantLease one, _) = await MakeAsync();
        Assert.That(await one.ReadAsync(Tenant, default), Is.Null);
        Assert.That(await one.KeepAsync(Lease(1), default), Is.False);
    }

    [Test]
    public async Task A_lease_comes_back_as_it_was_taken()
    {
        (ITenantLease one, ITenantLease two) = await MakeAsync();
        LeaseRecord lease = Lease(1) with { QuietUntil = Noon.AddSeconds(3), LandsUntil = Noon.AddTicks(7) };
        Assert.That(await one.TakeAsync(lease, null, default), Is.True);
        Assert.That(Deep.Text(await two.ReadAsync(Tenant, default)), Is.EqualTo(Deep.Text(lease)));
        Assert.That(await two.ReadAsync("TENANT-2", default), Is.Null);
    }

    [Test]
    public async Task A_lease_is_taken_only_as_it_was_seen()
    {
        (ITenantLease one, ITenantLease two) = await MakeAsync();
        Assert.That(await one.TakeAsync(Lease(1), null, default), Is.True);
        Assert.That(await two.TakeAsync(Lease(1), null, default), Is.False);
        Assert.That(await one.KeepAsync(Lease(1) with { Beat = 1 }, default), Is.True);
        Assert.That(await two.TakeAsync(Lease(2), Lease(1), default), Is.False, "renewed since");
        Assert.That(await two.TakeAsync(Lease(2), Lease(1) with { Beat = 1 }, default), Is.True);
        Assert.That((await one.ReadAsync(Tenant, default))?.Epoch, Is.EqualTo(2));
    }

    [Test]
    public async Task Of_many_who_take_it_at_once_one_gets_it()
    {
        (ITenantLease one, ITenantLease two) = await MakeAsync();
        bool[] got = await Task.WhenAll(Enumerable.Range(0,
            20).Select(i => Task.Run(async () => await (i % 2 == 0 ? one : two).TakeAsync(Lease(1), null, default))));
        Assert.That(got.Count(g => g), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_lost_a_lease_can_neither_renew_nor_release_it()
    {
        (ITenantLease one, ITenantLease two) = await MakeAsync();
        await one.TakeAsync(Lease(1), null, default);
        await two.TakeAsync(Lease(2), Lease(1), default);
        Assert.That(await one.KeepAsync(Lease(1) with { Beat = 1 }, default), Is.False);
        Assert.That(await one.KeepAsync(Lease(1) with { Beat = 1, ReleasedAt = Noon }, default), Is.False);
        Assert.That(Deep.Text(await one.ReadAsync(Tenant, default)), Is.EqualTo(Deep.Text(Lease(2))));
    }

    [Test]
    public async Task A_released_lease_is_there_to_be_seen_and_is_not_renewed_any_more()
    {
        (ITenantLease one, ITenantLease two) = await MakeAsync();
        await one.TakeAsync(Lease(1), null, default);
        LeaseRecord released = Lease(1) with { Beat = 1, ReleasedAt = Noon.AddMinutes(1), LandsUntil = Noon.AddMinutes(2) };
        Assert.That(await one.KeepAsync(released, default), Is.True);
        Assert.That(await one.KeepAsync(Lease(1) with { Beat = 2 }, default), Is.False);
        Assert.That(Deep.Text(await two.ReadAsync(Tenant, default)), Is.EqualTo(Deep.Text(released)));
    }

    [Test]
    public async Task A_user_is_locked_by_one()
    {
        (IUserLocks one, IUserLocks two) = await LocksAsync();
        Assert.That(await one.AcquireAsync(Lock("a"), Noon, default), Is.Null);
        Assert.That(await two.AcquireAsync(Lock("a", "facade", null), Noon, default), Is.EqualTo(Lock("a")));
        Assert.That(await two.AcquireAsync(Lock("b", "facade", null), Noon, default), Is.Null, "another user");
        Assert.That(await two.AcquireAsync(Lock("a", "facade", null) with { TenantId = "TENANT-2" }, Noon, default), Is.Null, "another tenant");
    }

    [Test]
    public async Task Users_are_distinguished_by_object_id_in_any_case()
    {
        (IUserLocks one, IUserLocks two) = await LocksAsync();
        await one.AcquireAsync(Lock("abc"), Noon, default);
        Assert.That(await two.AcquireAsync(Lock("ABC", "facade", null), Noon, default), Is.Not.Null);
    }

    [Test]
    public async Task Tenant_ids_that_differ_in_case_only_are_one()
    {
        (IUserLocks one, IUserLocks two) = await LocksAsync();
        UserLock facade = Lock("a", "facade", null) with { TenantId = "Tenant-1" };
        await one.AcquireAsync(Lock("a"), Noon, default);
        Assert.That((await two.AcquireAsync(facade, Noon, default))?.Holder, Is.EqualTo("run"), "a run and a change of one user spell it in two ways");
        await one.ReleaseAsync(Lock("a") with { TenantId = "tenant-1" }, default);
        Assert.That(await two.AcquireAsync(facade, Noon, default), Is.Null);
    }

    [Test]
    public async Task A_lock_can_be_looked_at_without_taking_it()
    {
        (IUserLocks one, IUserLocks two) = await LocksAsync();
        Assert.That(await two.FindAsync(Tenant, "a", default), Is.Null);
        await one.AcquireAsync(Lock("a"), Noon, default);
        Assert.That(await two.FindAsync(Tenant, "a", default), Is.EqualTo(Lock("a")), "for every caller, also when it has expired");
        Assert.That((await two.FindAsync(Tenant.ToLowerInvariant(), "A", default))?.Holder, Is.EqualTo("run"));
        Assert.That(await two.FindAsync(Tenant, "b", default), Is.Null);
        await one.ReleaseAsync(Lock("a"), default);
        Assert.That(await two.FindAsync(Tenant, "a", default), Is.Null);
    }

    [Test]
    public async Task A_lock_is_extended_by_its_holder_and_free_when_released_or_expired()
    {
        (IUserLocks one, IUserLocks two) = await LocksAsync();
        await one.AcquireAsync(Lock("a"), Noon, default);
        Assert.That(await one.AcquireAsync(Lock("a") with { Until = Noon.AddMinutes(5) }, Noon, default), Is.Null);
        UserLock other = Lock("a", "facade", null) with { Until = Noon.AddMinutes(9) };
        Assert.That(await two.AcquireAsync(other, Noon.AddMinutes(5).AddTicks(-1), default), Is.Not.Null);
        Assert.That(await two.AcquireAsync(other, Noon.AddMinutes(5), default), Is.Null);
        await one.ReleaseAsync(Lock("a"), default);
        Assert.That(await one.AcquireAsync(Lock("a"), Noon.AddMinutes(5), default), Is.EqualTo(other), "not ours any more, so not ours to release");
        await two.ReleaseAsync(other, default);
        Assert.That(await one.AcquireAsync(Lock("a"), Noon.AddMinutes(5), default), Is.Null);
    }

    [TestCase("mine", null, "other", null)]
    [TestCase("mine", null, "mine", 1L)]
    [TestCase("mine", 1L, "mine", null)]
    [TestCase("mine", 1L, "mine", 2L)]
    [TestCase("mine", 1L, "other", 1L)]
    public async Task A_lock_of_another_holder_is_neither_released_nor_extended(string holder, long? epoch, string other, long? otherEpoch)
    {
        (IUserLocks one, IUserLocks two) = await LocksAsync();
        UserLock held = Lock("a", holder, epoch);
        await one.AcquireAsync(held, Noon, default);
        await two.ReleaseAsync(Lock("a", other, otherEpoch), default);
        await two.ReleaseAsync(Lock("b", holder, epoch), default);
        await two.ReleaseAsync(held with { TenantId = "tenant-2" }, default);
        Assert.That(await two.KeepAsync(Lock("a", other, otherEpoch) with { Until = Noon.AddHours(1) }, default), Is.False);
        Assert.That(await two.FindAsync(Tenant, "a", default), Is.EqualTo(held));
        await two.ReleaseAsync(held, default);
        Assert.That(await two.FindAsync(Tenant, "a", default), Is.Null, "the holder's own release");
    }

    [Test]
    public async Task A_later_holder_of_the_lease_does_not_wait_for_locks_of_an_earlier_one_and_the_earlier_one_does_not_get_them_back()
    {
        (IUserLocks one, IUserLocks two) = await LocksAsync();
        await one.AcquireAsync(Lock("a", "run", 1), Noon, default);
        Assert.That(await two.AcquireAsync(Lock("a", "run", 2), Noon, default), Is.Null);
        Assert.That(await one.AcquireAsync(Lock("a", "run", 1), Noon, default), Is.EqualTo(Lock("a", "run", 2)));
    }

    [Test]
    public async Task Locks_of_a_run_live_as_long_as_its_lease()
    {
        (ITenantLease lease, _) = await MakeAsync();
        IUserLocks locks = (IUserLocks)lease;
        await lease.TakeAsync(Lease(1), null, default);
        await locks.AcquireAsync(Lock("a"), Noon, default);
        await lease.KeepAsync(Lease(1) with { Beat = 1, Until = Noon.AddHours(1) }, default);
        Assert.That((await locks.AcquireAsync(Lock("a", "facade", null), Noon.AddMinutes(30), default))?.Until, Is.EqualTo(Noon.AddHours(1)));
        await lease.KeepAsync(Lease(1) with { Beat = 2, ReleasedAt = Noon }, default);
        Assert.That(await locks.AcquireAsync(Lock("a", "facade", null), Noon.AddMinutes(30), default), Is.Null);
    }

    [TestCase("host-1", "boot", 4711, "99", 70.0004)]
    [TestCase("host-1", null, 1, null, 0)]
    public async Task A_lock_carries_the_process_of_its_holder_and_how_long_its_requests_may_land(
        string host, string? boot, int id, string? start, double timeout)
    {
        (IUserLocks one, IUserLocks two) = await LocksAsync();
        UserLock mine = Lock("a") with { Process = new HolderProcess(host, boot, id, start), RequestTimeout = TimeSpan.FromSeconds(timeout) };
        await one.AcquireAsync(mine, Noon, default);
        UserLock? seen = await two.AcquireAsync(Lock("a", "facade", null), Noon, default);
        Assert.That(seen?.Process, Is.EqualTo(mine.Process));
        Assert.That(seen?.RequestTimeout, Is.InRange(TimeSpan.FromSeconds(timeout), TimeSpan.FromSeconds(timeout + 0.001)), "rounded up");
        UserLock next = Lock("a", "facade", null) with { Until = Noon.AddMinutes(9) };
        Assert.That(await two.AcquireAsync(next, Noon.AddMinutes(2), default), Is.Null);
        Assert.That(await one.FindAsync(Tenant, "a", default), Is.EqualTo(next), "nothing of an earlier holder stays");
    }

    [Test]
    public async Task A_renewed_lease_leaves_the_process_of_its_locks_as_it_is()
    {
        (ITenantLease lease, _) = await MakeAsync();
        IUserLocks locks = (IUserLocks)lease;
        UserLock mine = Lock("a") with { Process = new HolderProcess("host-1", "boot", 4711, "99"), RequestTimeout = TimeSpan.FromSeconds(70) };
        await lease.TakeAsync(Lease(1), null, default);
        await locks.AcquireAsync(mine, Noon, default);
        await lease.KeepAsync(Lease(1) with { Beat = 1, Until = Noon.AddHours(1) }, default);
        Assert.That(await locks.FindAsync(Tenant, "a", default), Is.EqualTo(mine with { Until = Noon.AddHours(1) }));
    }

    [TestCase(null)]
    [TestCase(3L)]
    public async Task Until_when_a_lock_lasts_is_set_earlier_or_later_while_it_is_its_holders(long? epoch)
    {
        (IUserLocks one, IUserLocks two) = await LocksAsync();
        UserLock mine = Lock("a", "mine", epoch) with { Process = new HolderProcess("host-1", "boot", 4711, "99"), RequestTimeout = TimeSpan.FromSeconds(70) };
        await one.AcquireAsync(mine, Noon, default);
        foreach (int seconds in (int[])[70, 90])
        {
            UserLock changed = Lock("a", "mine", epoch) with { TenantId = "tenant-1", Until = Noon.AddSeconds(seconds) };
            Assert.That(await two.KeepAsync(changed, default), Is.True);
            Assert.That(await one.FindAsync(Tenant, "a", default), Is.EqualTo(mine with { Until = changed.Until }), "nothing else changes");
        }

        Assert.That(await two.KeepAsync(Lock("b", "mine", epoch), default), Is.False, "another user");
        Assert.That(await two.KeepAsync(Lock("a", "mine", 9), default), Is.False, "another epoch");
        Assert.That(await two.AcquireAsync(Lock("a", "next", null), Noon.AddSeconds(89), default), Is.Not.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_lock_that_another_holder_has_or_had_is_not_got_back_by_keeping_it(bool released)
    {
        (IUserLocks one, IUserLocks two) = await LocksAsync();
        await one.AcquireAsync(Lock("a", "paused", null), Noon, default);
        UserLock next = Lock("a", "next", null) with { Until = Noon.AddMinutes(9) };
        Assert.That(await two.AcquireAsync(next, Noon.AddMinutes(2), default), Is.Null);
        if (released) await two.ReleaseAsync(next, default);
        Assert.That(await one.KeepAsync(Lock("a", "paused", null) with { Until = Noon.AddHours(1) }, default), Is.False);
        Assert.That(await two.FindAsync(Tenant, "a", default), Is.EqualTo(released ? null : next));
    }

    protected static LeaseRecord Lease(long epoch) => new()
    {
        TenantId = Tenant, Epoch = epoch, Since = Noon, HeartbeatAt = Noon, Until = Noon.AddMinutes(2), Duration = TimeSpan.FromMinutes(2),
        RequestTimeout = TimeSpan.FromSeconds(70), Holder = new LeaseHolder("ann", "host-1", "boot", 4711, "99", "1.0", "r1"),
    };

    private static UserLock Lock(string uid, string holder = "run", long? epoch = 1) => new(Tenant, uid, holder, epoch, Noon.AddMinutes(2));

    private async Task<(IUserLocks One, IUserLocks Two)> LocksAsync()
    {
        (ITenantLease one, ITenantLease two) = await MakeAsync();
        return ((IUserLocks)one, (IUserLocks)two);
    }
}
