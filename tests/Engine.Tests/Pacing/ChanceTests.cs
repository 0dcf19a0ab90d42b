using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.TestKit.Pacing;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Pacing;

/// <summary>Refusals that come by chance are distinguished from those of a limit (engine/Pacing/README.md).</summary>
public sealed class ChanceTests
{
    private const double ByChance = 0.04;
    private static readonly QuotaSettings Configured = new(Start: 1);

    [Test]
    public void Refusals_by_chance_leave_nine_tenths_of_the_quota_or_three_quarters_of_a_tenth_of_it([Values(1, 0.5, 0.1)] double share, [Values] bool headers)
    {
        foreach (int seed in (int[])[1, 2])
        {
            PacedRunResult result = new PacedRun(share < 0.5 ? 10_000 : 50_000, Configured, () => Bucket(350 * share, 3500 * share),
                () => Bucket(20 * share, 3000 * share), new ServiceManner(headers, SpuriousShare: ByChance)).Run(seed);
            Assert.That(result.Ratio, Is.LessThanOrEqualTo(1 / (share < 0.5 ? 0.75 : 0.9)), result.ToString());
        }
    }

    [Test]
    public void A_limit_is_not_taken_for_chance([Values] bool headers, [Values] RetryAfterForm style, [Values] bool isWindow)
    {
        Func<IModelQuota> quota = isWindow ? () => new WindowQuota(5, 10, sliding: true) : () => Bucket(0.5, 5);
        foreach (int seed in (int[])[1, 2])
        {
            PacedRunResult result = new PacedRun(2_000, Configured, () => Bucket(350, 3500), quota, new ServiceManner(headers, style)).Run(seed);
            Assert.That(result.RefusedShare, Is.LessThanOrEqualTo(0.08), result.ToString());
        }
    }

    [Test]
    public void A_limit_that_comes_up_among_refusals_by_chance_is_followed([Values] bool headers)
    {
        PacedRunResult result = new PacedRun(10_000, Configured, () => Bucket(350, 3500), () => Bucket(20, 3000, new QuotaChange(200, 0.1)),
            new ServiceManner(headers, SpuriousShare: ByChance)).Run(1);

        Assert.That(result.Ratio, Is.LessThanOrEqualTo(1.3), result.ToString());
        Assert.That(result.RefusedShare, Is.LessThanOrEqualTo(0.12), result.ToString());
    }

    [TestCase(10, false)]
    [TestCase(60, true)]
    public void Who_says_to_wait_long_means_a_limit(int retryAfter, bool holds) => VirtualWorld.Run(1, async world =>
    {
        Pacer pacer = new(Configured, world.Time);
        Random chance = world.Chance("answers");
        int held = 0;
        for (int n = 0; n < 2_000; n++)
        {
            using PaceLease lease = await pacer.AcquireAsync(CallKind.Write, 1, default);
            await world.Delay(TimeSpan.FromSeconds(0.1));
            if (chance.NextDouble() >= ByChance) lease.Succeeded();
            else lease.Throttled(new ThrottleSignal(RetryAfter: TimeSpan.FromSeconds(retryAfter)));
            if (n > 1_000 && pacer.Snapshot().Writes.State == GateState.Held) held++;
        }

        Assert.That(held, holds ? Is.GreaterThan(20) : Is.LessThan(5));
    });

    private static BucketQuota Bucket(double rate, double burst, params QuotaChange[] changes) => new(rate, burst, 0.5, changes);
}
