using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Sqlite;
using ProvisioningConnector.TestKit.Stores;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Contract;

/// <summary>What every store of write windows keeps to, seen from two processes.</summary>
public abstract class WindowContract
{
    protected abstract Task<(IWriteWindows One, IWriteWindows Two)> MakeAsync();

    [Test]
    public async Task Claims_are_granted_to_any_caller_up_to_the_limit_and_not_beyond()
    {
        (IWriteWindows one, IWriteWindows two) = await MakeAsync();
        Assert.That(await one.ReserveAsync(Claim("a", 6), default), Is.TypeOf<WindowAnswer.Granted>());
        Assert.That(await two.ReserveAsync(Claim("b", 4), default), Is.TypeOf<WindowAnswer.Granted>());
        WindowRefusal refusal = ((WindowAnswer.Refused)await one.ReserveAsync(Claim("c", 1), default)).Refusal;
        Assert.That((refusal.Budget.Scope, refusal.Budget.Span, refusal.Used, refusal.Asked), Is.EqualTo((WindowScope.Tenant, WindowSpan.Hour, 10L, 1L)));
        Assert.That((await two.UseAsync("TENANT-1", null, Noon, default)).Hour.Delete, Is.EqualTo(10), "a refused claim counts nothing");
        Assert.That((await two.UseAsync("TENANT-1", "b", Noon, default)).Week.Delete, Is.EqualTo(4));
        Assert.That(await one.ReserveAsync(Claim("a", 1) with { TenantId = "TENANT-2" }, default), Is.TypeOf<WindowAnswer.Granted>(), "another tenant");
    }

    [Test]
    public async Task A_claim_that_is_too_large_as_a_whole_gets_nothing()
    {
        (IWriteWindows one, _) = await MakeAsync();
        Assert.That(await one.ReserveAsync(Claim("a", 11), default), Is.TypeOf<WindowAnswer.Refused>());
        Assert.That(await one.ReserveAsync(Claim("a", 10), default), Is.TypeOf<WindowAnswer.Granted>());
    }

    [Test]
    public async Task Windows_slide()
    {
        (IWriteWindows one, IWriteWindows two) = await MakeAsync();
        await one.ReserveAsync(Claim("a", 10), default);
        Assert.That(await two.ReserveAsync(Claim("a", 1, Noon.AddMinutes(59)), default), Is.TypeOf<WindowAnswer.Refused>());
        Assert.That(await two.ReserveAsync(Claim("a", 10, Noon.AddMinutes(61)), default), Is.TypeOf<WindowAnswer.Granted>());
        WindowRefusal day = ((WindowAnswer.Refused)await two.ReserveAsync(Claim("a", 1, Noon.AddHours(3)), default)).Refusal;
        Assert.That((day.Budget.Span, day.Used), Is.EqualTo((WindowSpan.Day, 20L)));
        Assert.That(await two.ReserveAsync(Claim("a", 10, Noon.AddHours(26)), default), Is.TypeOf<WindowAnswer.Granted>());
        WindowRefusal week = ((WindowAnswer.Refused)await two.ReserveAsync(Claim("a", 1, Noon.AddDays(3)), default)).Refusal;
        Assert.That((week.Budget.Span, week.Used), Is.EqualTo((WindowSpan.Week, 30L)));
        Assert.That(await one.ReserveAsync(Claim("a", 1, Noon.AddDays(7).AddMinutes(1)), default), Is.TypeOf<WindowAnswer.Granted>());
    }

    [Test]
    public async Task Every_measure_is_counted_for_itself()
    {
        (IWriteWindows one, IWriteWindows two) = await MakeAsync();
        WindowClaim claim = Claim("a", 0) with { Writes = new AppliedWrites(1, 2, 3, 4) };
        await one.ReserveAsync(claim, default);
        await one.ReserveAsync(claim, default);
        Assert.That((await two.UseAsync("TENANT-1", "A", Noon, default)).Day, Is.EqualTo(new AppliedWrites(2, 4, 6, 8)));
    }

    [Test]
    public async Task What_is_given_back_can_be_claimed_again()
    {
        (IWriteWindows one, IWriteWindows two) = await MakeAsync();
        WindowGrant grant = ((WindowAnswer.Granted)await one.ReserveAsync(Claim("a", 10), default)).Grant;
        await two.ReleaseAsync(grant, new AppliedWrites(Delete: 4), default);
        Assert.That(await one.ReserveAsync(Claim("b", 5), default), Is.TypeOf<WindowAnswer.Refused>());
        Assert.That(await one.ReserveAsync(Claim("b", 4), default), Is.TypeOf<WindowAnswer.Granted>());
    }

    [Test]
    public async Task An_opening_lets_its_number_through_within_its_time_and_takes_back_what_was_not_used()
    {
        (IWriteWindows one, IWriteWindows two) = await MakeAsync();
        await one.ReserveAsync(Claim("a", 8), default);
        await one.OpenAsync(new LimitOverride("o1", "tenant-1", WindowMeasure.Deletes, 5, Noon, Noon.AddMinutes(30), "bob", "leavers"), default);
        Assert.That(await two.ReserveAsync(Claim("a", 8), default), Is.TypeOf<WindowAnswer.Refused>(), "2 are left and 5 are open");
        WindowGrant grant = ((WindowAnswer.Granted)await two.ReserveAsync(Claim("a", 6), default)).Grant;
        Assert.That((await one.OpeningsAsync("TENANT-1", Noon, default)).Single() is { Left: 1, Approver: "bob", Reason: "leavers" });
        await one.ReleaseAsync(grant, new AppliedWrites(Delete: 3), default);
        Assert.That((await one.OpeningsAsync("TENANT-1", Noon, default)).Single().Left, Is.EqualTo(4));
        Assert.That(await two.ReserveAsync(Claim("a", 5, Noon.AddMinutes(30)), default), Is.TypeOf<WindowAnswer.Refused>(), "its time is over");
        Assert.That(await two.OpeningsAsync("TENANT-1", Noon.AddMinutes(30), default), Is.Empty);
        Assert.That(await two.OpeningsAsync("TENANT-2", Noon, default), Is.Empty);
    }

    [Test]
    public async Task Many_who_claim_at_once_do_not_overshoot()
    {
        (IWriteWindows one, IWriteWindows two) = await MakeAsync();
        WindowAnswer[] answers = await Task.WhenAll(Enumerable.Range(0,
            60).Select(i => Task.Run(async () => await (i % 2 == 0 ? one : two).ReserveAsync(Claim("key" + i, 1), default))));
        Assert.That(answers.Count(a => a is WindowAnswer.Granted), Is.EqualTo(10));
        Assert.That((await one.UseAsync("TENANT-1", null, Noon, default)).Hour.Delete, Is.EqualTo(10));
    }

    private static WindowClaim Claim(string actor, long deletes, DateTimeOffset? at = null) =>
        new("TENANT-1", actor, new AppliedWrites(Delete: deletes), at ?? Noon, Budgets);

    private static ImmutableArray<WindowBudget> Budgets { get; } =
    [
        new(WindowScope.Tenant, WindowSpan.Hour, WindowMeasure.Deletes, 10), new(WindowScope.Tenant, WindowSpan.Day, WindowMeasure.Deletes, 20),
        new(WindowScope.Tenant, WindowSpan.Week, WindowMeasure.Deletes, 30),
    ];
}

public sealed class SqliteWindowTests : WindowContract
{
    private readonly Scratch _scratch = new();
    private readonly List<SqliteRunStore> _open = [];

    [TearDown]
    public async Task Remove()
    {
        foreach (SqliteRunStore store in _open) await store.DisposeAsync();
        _open.Clear();
        _scratch.Dispose();
    }

    protected override async Task<(IWriteWindows One, IWriteWindows Two)> MakeAsync()
    {
        _open.Add(await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System));
        _open.Add(await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System));
        return (_open[^2].Windows, _open[^1].Windows);
    }
}

public sealed class PostgresWindowTests : WindowContract
{
    private readonly List<DatabaseRunStore> _open = [];
    private PostgresScratch _scratch = null!;

    [TearDown]
    public async Task Remove()
    {
        foreach (DatabaseRunStore store in _open) await store.DisposeAsync();
        _open.Clear();
        _scratch?.Dispose();
    }

    protected override async Task<(IWriteWindows One, IWriteWindows Two)> MakeAsync()
    {
        _scratch = PostgresScratch.Make();
        _open.Add(await _scratch.OpenAsync());
        _open.Add(await _scratch.OpenAsync());
        return (_open[0].Windows, _open[1].Windows);
    }
}

public sealed class MemoryWindowTests : WindowContract
{
    protected override Task<(IWriteWindows One, IWriteWindows Two)> MakeAsync()
    {
        MemoryWriteWindows windows = new();
        return Task.FromResult<(IWriteWindows, IWriteWindows)>((windows, windows));
    }
}
