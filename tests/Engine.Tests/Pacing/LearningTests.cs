using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.TestKit.Pacing;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Pacing;

public sealed class LearningTests
{
    private static readonly QuotaSettings Configured = new();

    [Test]
    public void Without_any_refusal_the_rate_climbs_from_its_start_to_the_ceiling_within_seconds() => VirtualWorld.Run(1, async world =>
    {
        Pacer pacer = new Pacer(Configured, world.Time);
        Assert.That(pacer.Snapshot().Writes.Rate, Is.EqualTo(8.5).Within(1e-6));
        (await pacer.AcquireAsync(CallKind.Write, 1, default)).Succeeded();
        await world.Delay(TimeSpan.FromSeconds(11));
        Assert.That(pacer.Snapshot().Writes,
            Has.Property(nameof(GateAccount.Rate)).EqualTo(17).Within(1e-6).And.Property(nameof(GateAccount.State)).EqualTo(GateState.AtCeiling));
    });

    [Test]
    public void The_next_run_begins_at_what_the_last_one_learned_and_is_hardly_throttled()
    {
        static PacedRun Run(LearnedRates? learned) =>
            new(5_000, Configured, () => new BucketQuota(35, 350), () => new BucketQuota(2, 300), new ServiceManner()) { Learned = learned };
        PacedRunResult first = Run(null).Run(1);
        PacedRunResult second = Run(first.Learned).Run(2);
        Assert.That(second.Account.Writes.FromEarlierRun, Is.True);
        Assert.That(second.Ratio, Is.LessThanOrEqualTo(1.10), second.ToString());
        Assert.That(second.Refused, Is.LessThan(first.Refused));
    }

    [Test]
    public void What_was_learned_never_lifts_the_ceiling()
    {
        LearnedRates learned = new LearnedRates(null, new LearnedRate(500, 90_000, Limited: false));
        VirtualWorld.Run(world =>
        {
            Assert.That(new Pacer(Configured, world.Time, learned).Snapshot().Writes.Rate, Is.EqualTo(17).Within(1e-6));
            return Task.CompletedTask;
        });
    }

    [Test]
    public void The_report_class_is_named_in_the_account()
    {
        HashSet<GateState> seen = new HashSet<GateState>();
        PacedRun run = new PacedRun(300, Configured, () => new BucketQuota(0.5, 5), () => new BucketQuota(20, 3000), new ServiceManner())
        {
            Watch = (_, account) => seen.Add(account.Reads.State),
        };
        run.Run(3);
        Assert.That(seen, Does.Contain(GateState.ReportLike));
    }

    [Test]
    public void A_header_alone_slows_down_but_never_stops([Values(0.97, 1.0, 1.8, 97, 180, double.NaN, -3)] double share) => VirtualWorld.Run(1, async world =>
    {
        Pacer pacer = new Pacer(Configured, world.Time);
        for (int n = 0; n < 5_000; n++)
        {
            using PaceLease lease = await pacer.AcquireAsync(CallKind.Write, 1, default);
            lease.Succeeded(new ThrottleSignal(share));
        }

        Assert.That(pacer.Snapshot().Writes.Rate, Is.InRange(0.17, 17));
    });

    [Test]
    public void One_seed_gives_one_run()
    {
        static string Run() => new PacedRun(3_000, Configured, () => new BucketQuota(35, 350), () => new BucketQuota(2, 300), new ServiceManner()).Run(11)
            .ToString();
        string once = Run();
        string again = Run();
        Assert.That(again, Is.EqualTo(once));
    }

    [Test]
    public void Nothing_ever_exceeds_the_configured_ceiling([Values(1, 2, 3)] int seed) => VirtualWorld.Run(seed, async world =>
    {
        QuotaSettings settings = new QuotaSettings(WritesPerSecond: 10, WriteBurst: 40, WriteBudget: 0.5);
        Pacer pacer = new Pacer(settings, world.Time);
        List<double> sent = new List<double>();
        Random chance = world.Chance("answers");
        await Task.WhenAll(Enumerable.Range(0, 400).Select(async _ =>
        {
            using PaceLease lease = await pacer.AcquireAsync(CallKind.Write, 1, default);
            sent.Add(world.Elapsed.TotalSeconds);
            await world.Delay(TimeSpan.FromSeconds(chance.NextDouble()));
            if (chance.Next(40) == 0) lease.Throttled(new ThrottleSignal(RetryAfter: TimeSpan.FromSeconds(3)));
            else lease.Succeeded();
        }));
        for (int a = 0; a < sent.Count; a += 7)
            for (int b = a; b < sent.Count; b += 5)
                Assert.That(b - a + 1, Is.LessThanOrEqualTo(20 + 5 * (sent[b] - sent[a]) + 1e-3), $"seed {seed}: calls {a} to {b}");
    });
}
