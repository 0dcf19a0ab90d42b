using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Pacing;

public sealed class PacerTests
{
    private static readonly QuotaSettings Small = new(ReadsPerSecond: 10, ReadBurst: 20, WritesPerSecond: 2,
        WriteBurst: 4, Start: 1, WriteBudget: 1, MaxInFlight: 4);

    [Test]
    public void Many_refusals_of_calls_in_flight_are_one_congestion() => VirtualWorld.Run(1, async world =>
    {
        Pacer pacer = new Pacer(Small with { ReadsPerSecond = 100, ReadBurst = 100 }, world.Time);
        (await pacer.AcquireAsync(CallKind.Read, 1, default)).Succeeded();
        List<PaceLease> leases = new List<PaceLease>();
        for (int n = 0; n < 4; n++) leases.Add(await pacer.AcquireAsync(CallKind.Read, 1, default));
        foreach (PaceLease lease in leases) lease.Throttled(new ThrottleSignal(RetryAfter: TimeSpan.FromSeconds(10)));
        GateAccount account = pacer.Snapshot().Reads;
        Assert.That(account.ThrottledCalls, Is.EqualTo(4));
        Assert.That(account.Congestions, Is.EqualTo(1));
        Assert.That(account.State, Is.EqualTo(GateState.Held));
    });

    [Test]
    public void A_refusal_holds_the_whole_gate_for_as_long_as_the_service_asked() => VirtualWorld.Run(2, async world =>
    {
        Pacer pacer = new Pacer(Small, world.Time);
        (await pacer.AcquireAsync(CallKind.Write, 1, default)).Throttled(new ThrottleSignal(RetryAfter: TimeSpan.FromSeconds(17)));
        using PaceLease next = await pacer.AcquireAsync(CallKind.Write, 1, default);
        Assert.That(world.Elapsed.TotalSeconds, Is.EqualTo(17).Within(0.01));
        using PaceLease read = await pacer.AcquireAsync(CallKind.Read, 1, default);
        Assert.That(world.Elapsed.TotalSeconds, Is.EqualTo(17).Within(0.01), "the read gate is another gate");
    });

    [Test]
    public void An_absurd_wait_is_cut_to_five_minutes() => VirtualWorld.Run(3, async world =>
    {
        Pacer pacer = new Pacer(Small, world.Time);
        (await pacer.AcquireAsync(CallKind.Write, 1, default)).Throttled(new ThrottleSignal(RetryAfter: TimeSpan.MaxValue));
        using PaceLease next = await pacer.AcquireAsync(CallKind.Write, 1, default);
        Assert.That(world.Elapsed.TotalSeconds, Is.EqualTo(300).Within(0.01));
    });

    [Test]
    public void A_service_that_always_says_one_second_is_not_hammered() => VirtualWorld.Run(4, async world =>
    {
        Pacer pacer = new Pacer(Small, world.Time);
        for (int n = 0; n < 10; n++) (await pacer.AcquireAsync(CallKind.Write, 1, default)).Throttled(new ThrottleSignal(RetryAfter: TimeSpan.FromSeconds(1)));
        Assert.That(world.Elapsed, Is.GreaterThan(TimeSpan.FromMinutes(4)));
    });

    [Test]
    public void Callers_are_let_through_in_the_order_they_came() => VirtualWorld.Run(5, async world =>
    {
        Pacer pacer = new Pacer(Small, world.Time);
        List<(int n, Task<PaceLease> Task)> waiting = Enumerable.Range(0, 30).Select(n => (n, Task: pacer.AcquireAsync(CallKind.Write, 1, default).AsTask()))
            .ToList();
        List<int> order = new List<int>();
        await Task.WhenAll(waiting.Select(async w =>
        {
            using PaceLease lease = await w.Task;
            order.Add(w.n);
            await world.Delay(TimeSpan.FromSeconds(0.1));
            lease.Succeeded();
        }));
        Assert.That(order.Skip(4), Is.EqualTo(Enumerable.Range(4, 26)));
    });

    [Test]
    public void A_cancelled_waiter_frees_its_turn() => VirtualWorld.Run(6, async world =>
    {
        Pacer pacer = new Pacer(Small with { MaxInFlight = 1 }, world.Time);
        PaceLease first = await pacer.AcquireAsync(CallKind.Read, 1, default);
        using CancellationTokenSource away = new CancellationTokenSource();
        Task<PaceLease> gone = pacer.AcquireAsync(CallKind.Read, 1, away.Token).AsTask();
        Task<PaceLease> stays = pacer.AcquireAsync(CallKind.Read, 1, default).AsTask();
        await away.CancelAsync();
        first.Dispose();
        using PaceLease lease = await stays;
        Assert.That(async () => await gone, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(pacer.Snapshot().Reads, Has.Property(nameof(GateAccount.Waiting)).EqualTo(0).And.Property(nameof(GateAccount.Lost)).EqualTo(1));
        await world.Delay(TimeSpan.Zero);
    });

    [Test]
    public void A_batch_costs_its_items_and_is_one_call() => VirtualWorld.Run(7, async world =>
    {
        Pacer pacer = new Pacer(Small, world.Time);
        using PaceLease first = await pacer.AcquireAsync(CallKind.Read, 20, default);
        first.Succeeded();
        using PaceLease second = await pacer.AcquireAsync(CallKind.Read, 20, default);
        Assert.That(world.Elapsed.TotalSeconds, Is.EqualTo(2).Within(0.01));
        Assert.That(pacer.Snapshot().Reads, Has.Property(nameof(GateAccount.InFlight)).EqualTo(1).And.Property(nameof(GateAccount.Cost)).EqualTo(40));
    });

    [Test]
    public void A_call_that_never_answers_does_not_stop_the_gate() => VirtualWorld.Run(9, async world =>
    {
        Pacer pacer = new Pacer(Small, world.Time);
        PaceLease hanging = await pacer.AcquireAsync(CallKind.Read, 20, default);
        for (int n = 0; n < 10; n++)
        {
            using PaceLease lease = await pacer.AcquireAsync(CallKind.Read, 20, default);
            await world.Delay(TimeSpan.FromSeconds(0.1));
            lease.Succeeded();
        }

        Assert.That(world.Elapsed.TotalSeconds, Is.LessThan(25));
        hanging.Dispose();
    });

    [Test]
    public void A_lease_takes_one_report_only() => VirtualWorld.Run(8, async world =>
    {
        Pacer pacer = new Pacer(Small, world.Time);
        using PaceLease lease = await pacer.AcquireAsync(CallKind.Read, 1, default);
        lease.Succeeded();
        Assert.That(() => lease.Succeeded(), Throws.InvalidOperationException);
        Assert.That(() => lease.Throttled(default), Throws.InvalidOperationException);
    });
}
