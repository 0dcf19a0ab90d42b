using System.Diagnostics;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Sqlite;

/// <summary>What leases and locks cost, and which requests they know to be on their way.</summary>
public sealed class LeaseCostTests
{
    private readonly Scratch _scratch = new();
    private SqliteRunStore _first = null!;
    private SqliteRunStore _second = null!;

    [SetUp]
    public async Task Open()
    {
        _first = await SqliteRunStore.OpenAsync(_scratch.Fresh(), TimeProvider.System);
        _second = await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System);
        await _first.Leases.TakeAsync(Lease(1, "r1"), null, default);
        await _first.BeginAsync(Run("r1"), Stream(Planned(0, "a")), default);
        await _first.IntentAsync("r1", "a", 0, Add(), Noon, default);
    }

    [TearDown]
    public async Task Close()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        _scratch.Dispose();
    }

    [Test]
    public async Task A_user_with_an_open_or_unknown_request_in_any_run_of_the_tenant_is_known()
    {
        string tenant = Run("r1").Plan.Tenant.Id.ToUpperInvariant();
        Assert.That(await _second.Leases.MayBeOnTheWayAsync(tenant, "a", "r2", default), Is.True);
        Assert.That(await _second.Leases.MayBeOnTheWayAsync(tenant, "b", "r2", default), Is.False);
        Assert.That(await _second.Leases.MayBeOnTheWayAsync(tenant, "a", "r1", default), Is.False, "who goes on with a run knows its intents");
        Assert.That(await _second.Leases.MayBeOnTheWayAsync(tenant, "a", null, default), Is.True, "all runs");
        Assert.That(await _second.Leases.MayBeOnTheWayAsync("other", "a", "r2", default), Is.False);
        await _first.OutcomeAsync("r1", "a", 0, Result(OperationOutcome.Unknown), default);
        await _first.UserAsync("r1", "a", Done(), default);
        Assert.That(await _second.Leases.MayBeOnTheWayAsync(tenant, "a", "r2", default), Is.True);
        await _first.IntentAsync("r1", "a", 0, Add(), Noon, default);
        await _first.OutcomeAsync("r1", "a", 0, Result(), default);
        await _first.UserAsync("r1", "a", Done(), default);
        Assert.That(await _second.Leases.MayBeOnTheWayAsync(tenant, "a", "r2", default), Is.False);
    }

    [Test]
    public async Task Renewals_and_locks_flush_nothing_and_intents_still_do()
    {
        int flushed = _first.Flushes;
        for (int i = 0; i < 50; i++)
        {
            UserLock mine = new("T", "u" + i, "r1", 1, Noon);
            await _first.Leases.AcquireAsync(mine, Noon, default);
            await _first.Leases.KeepAsync(Lease(1, "r1") with { Beat = i + 1 }, default);
            await _first.Leases.ReleaseAsync(mine, default);
        }

        Assert.That(_first.Flushes, Is.EqualTo(flushed));
        await _first.IntentAsync("r1", "a", 1, Add(), Noon, default);
        Assert.That(_first.Flushes, Is.EqualTo(flushed + 1));
    }

    [Test]
    [Explicit("Measures; prints what a lock and an intent cost.")]
    public async Task What_locks_cost()
    {
        const int Users = 2_000;
        long begun = Stopwatch.GetTimestamp();
        for (int i = 0; i < Users; i++) await _first.IntentAsync("r1", "a", i, Add(), Noon, default);
        TimeSpan intents = Stopwatch.GetElapsedTime(begun);
        begun = Stopwatch.GetTimestamp();
        for (int i = 0; i < Users; i++)
        {
            UserLock mine = new("T", "u" + i, "r1", 1, Noon);
            await _first.Leases.AcquireAsync(mine, Noon, default);
            await _first.Leases.ReleaseAsync(mine, default);
        }

        TestContext.Out.WriteLine($"intent {intents.TotalMicroseconds / Users:0} µs, lock and unlock "
            + $"{Stopwatch.GetElapsedTime(begun).TotalMicroseconds / Users:0} µs");
    }

    private static LeaseRecord Lease(long epoch, string run) => new()
    {
        TenantId = Run("r1").Plan.Tenant.Id.ToUpperInvariant(), Epoch = epoch, Since = Noon, HeartbeatAt = Noon,
        Until = Noon.AddMinutes(2), Duration = TimeSpan.FromMinutes(2),
        RequestTimeout = TimeSpan.FromSeconds(70), Holder = new LeaseHolder("ann", "host-1", "boot", 4711, "99", "1.0", run),
    };
}
