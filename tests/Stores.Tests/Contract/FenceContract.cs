using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Contract;

/// <summary>Who lost a tenant writes no more to the journal of any of its runs; who lost a user writes no more of that change.</summary>
public abstract class FenceContract
{
    private DatabaseRunStore _first = null!;
    private DatabaseRunStore _second = null!;

    /// <summary>One store as two processes have it open.</summary>
    protected abstract Task<(DatabaseRunStore One, DatabaseRunStore Two)> MakeAsync();

    [SetUp]
    public async Task Open()
    {
        (_first, _second) = await MakeAsync();
        await _first.Leases.TakeAsync(Lease(1, "r1"), null, default);
        await _first.BeginAsync(Run("r1"), Stream(Planned(0, "a")), default);
        await _first.IntentAsync("r1", "a", 0, Add(), Noon, default);
    }

    protected async Task CloseAsync()
    {
        if (_first is not null) await _first.DisposeAsync();
        if (_second is not null) await _second.DisposeAsync();
    }

    [Test]
    public async Task The_holder_before_writes_no_more_to_a_run_that_was_gone_on_with()
    {
        await _second.Leases.TakeAsync(Lease(2, "r1"), Lease(1, "r1"), default);
        await _second.IntentAsync("r1", "a", 0, Add(), Noon, default);

        await RefusedAsync(_first, "r1");
        Assert.That(async () => await _first.UpdateAsync(Run("r1") with { Outcome = RunOutcome.Interrupted }, default), ThrowsSuperseded);

        await _second.OutcomeAsync("r1", "a", 0, Result(), default);
        await _second.UserAsync("r1", "a", Done(), default);
        Assert.That((await _second.FindRunAsync("r1", default))?.Outcome, Is.EqualTo(Run("r1").Outcome));
    }

    [Test]
    public async Task The_holder_before_writes_nothing_more_of_users_of_its_own_run_and_says_that_it_was_interrupted()
    {
        await _second.Leases.TakeAsync(Lease(2, "r2"), Lease(1, "r1"), default);
        await RefusedAsync(_first, "r1");
        await _first.UpdateAsync(Run("r1") with { Outcome = RunOutcome.Interrupted }, default);
        Assert.That((await _second.FindRunAsync("r1", default))?.Outcome, Is.EqualTo(RunOutcome.Interrupted));
    }

    [Test]
    public async Task A_run_that_lost_the_tenant_stays_refused_when_its_process_takes_the_tenant_for_another_run()
    {
        await _second.Leases.TakeAsync(Lease(2, "r2"), Lease(1, "r1"), default);
        await _first.Leases.TakeAsync(Lease(3, "r3"), Lease(2, "r2"), default);
        await RefusedAsync(_first, "r1");
        await _first.BeginAsync(Run("r3"), Stream(Planned(0, "a")), default);
        await _first.IntentAsync("r3", "a", 0, Add(), Noon, default);
    }

    [Test]
    public async Task A_change_of_one_user_goes_on_when_another_process_takes_the_tenant()
    {
        await ChangeAsync(_first, "s1", "a");
        await _second.Leases.TakeAsync(Lease(2, "r2"), Lease(1, "r1"), default);
        await _first.IntentAsync("s1", "a", 1, Add(), Noon, default);
        await _first.UserAsync("s1", "a", Done(), default);
        await _first.UpdateAsync(Change("s1") with { Outcome = RunOutcome.Succeeded }, default);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_change_of_one_user_writes_no_more_once_another_holder_has_or_had_the_user(bool released)
    {
        UserLock mine = await ChangeAsync(_first, "s1", "a");
        UserLock other = mine with { Holder = "facade-2/s2", RunId = "s2", Until = Noon.AddMinutes(9) };
        Assert.That(await _second.Leases.AcquireAsync(other, mine.Until, default), Is.Null, "it had expired");
        if (released) await _second.Leases.ReleaseAsync(other, default);
        await RefusedAsync(_first, "s1");
    }

    [Test]
    public async Task A_later_change_of_the_same_user_in_the_same_process_does_not_lend_its_lock_to_an_earlier_one()
    {
        UserLock mine = await ChangeAsync(_first, "s1", "a");
        UserLock later = mine with { Holder = "facade-1/s2", RunId = "s2", Until = Noon.AddMinutes(9) };
        Assert.That(await _first.Leases.AcquireAsync(later, mine.Until, default), Is.Null);
        await RefusedAsync(_first, "s1");
    }

    [Test]
    public async Task A_lock_that_goes_on_for_another_change_fences_that_one()
    {
        UserLock mine = await ChangeAsync(_first, "s1", "a");
        Assert.That(await _first.Leases.KeepAsync(mine with { RunId = "s2" }, default), Is.True);
        await _first.BeginAsync(Change("s2"), Stream(Planned(0, "a")), default);
        await _first.IntentAsync("s2", "a", 0, Add(), Noon, default);
        UserLock other = mine with { Holder = "facade-2/s3", RunId = "s3", Until = Noon.AddMinutes(9) };
        await _second.Leases.AcquireAsync(other, mine.Until, default);
        await RefusedAsync(_first, "s2");
    }

    [Test]
    public async Task A_run_that_got_the_user_of_a_change_keeps_that_change_out()
    {
        UserLock mine = await ChangeAsync(_first, "s1", "a");
        UserLock run = new(Tenant, "a", "r2", 2, Noon.AddMinutes(9));
        Assert.That(await _second.Leases.AcquireAsync(run, mine.Until, default), Is.Null);
        await RefusedAsync(_first, "s1");
    }

    private static string Tenant => Run("r1").Plan.Tenant.Id;

    private static RunHeader Change(string run) => Run(run) with { Kind = RunKind.OneUser };

    /// <summary>Neither intents nor results are taken, and an outcome changes nothing.</summary>
    private static async Task RefusedAsync(DatabaseRunStore store, string run)
    {
        int before = (await store.OpenIntentsAsync(run, "a", default)).Length;
        Assert.That(async () => await store.IntentAsync(run, "a", 1, Add(), Noon, default), ThrowsSuperseded);
        Assert.That(async () => await store.UserAsync(run, "a", Done(), default), ThrowsSuperseded);
        await store.OutcomeAsync(run, "a", 0, Result(), default);
        Assert.That(await store.OpenIntentsAsync(run, "a", default), Has.Length.EqualTo(before).And.Length.EqualTo(1));
    }

    private static async Task<UserLock> ChangeAsync(DatabaseRunStore store, string run, string uid)
    {
        UserLock mine = new(Tenant, uid, $"facade-1/{run}", null, Noon.AddMinutes(2)) { RunId = run };
        await store.Leases.AcquireAsync(mine, Noon, default);
        await store.BeginAsync(Change(run), Stream(Planned(0, uid)), default);
        await store.IntentAsync(run, uid, 0, Add(), Noon, default);
        return mine;
    }

    private static NUnit.Framework.Constraints.EqualConstraint<StoreProblem> ThrowsSuperseded =>
        Throws.InstanceOf<StoreException>().With.Property(nameof(StoreException.Problem)).EqualTo(StoreProblem.Superseded);

    private static LeaseRecord Lease(long epoch, string run) => new()
    {
        TenantId = Tenant.ToUpperInvariant(), Epoch = epoch, Since = Noon, HeartbeatAt = Noon,
        Until = Noon.AddMinutes(2), Duration = TimeSpan.FromMinutes(2),
        RequestTimeout = TimeSpan.FromSeconds(70), Holder = new LeaseHolder("ann", "host-1", "boot", 4711, "99", "1.0", run),
    };
}
