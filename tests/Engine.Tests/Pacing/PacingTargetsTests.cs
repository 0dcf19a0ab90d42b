using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.TestKit.Pacing;

namespace ProvisioningConnector.Engine.Tests.Pacing;

/// <summary>The measures of a run against a quota that is known, and against one that is not what the configuration says.</summary>
public sealed class PacingTargetsTests
{
    private static readonly QuotaSettings Configured = new(Start: 1);
    private static readonly int[] Seeds = [1, 2];

    [Test]
    public void A_run_within_a_known_quota_takes_its_floor_and_is_not_throttled([Values(10_000, 100_000)] int users,
        [Values] bool headers, [Values(0.85, 1.0)] double budget)
    {
        // The large run is long enough for one seed to say everything.
        foreach (int seed in users > 10_000 ? Seeds.Take(1) : Seeds)
        {
            PacedRunResult result = new PacedRun(users, Configured with { WriteBudget = budget },
                () => Bucket(350, 3500), () => Bucket(20, 3000), new ServiceManner(headers)).Run(seed);
            Assert.That(result.Ratio, Is.LessThanOrEqualTo(1.02), result.ToString());
            Assert.That(result.RefusedShare, Is.LessThanOrEqualTo(0.001), result.ToString());
        }
    }

    [Test, Explicit("a million users take some seconds")]
    public void A_million_users_take_their_floor([Values] bool headers)
    {
        PacedRunResult result = new PacedRun(1_000_000, Configured, () => Bucket(350, 3500), () => Bucket(20, 3000), new ServiceManner(headers)).Run(1);
        Assert.That(result.Ratio, Is.LessThanOrEqualTo(1.02), result.ToString());
        Assert.That(result.RefusedShare, Is.LessThanOrEqualTo(0.001), result.ToString());
    }

    [Test]
    public void A_smaller_quota_is_found_and_used_to_nine_tenths([Values(0.5, 0.1)] double share, [Values] bool headers, [Values] RetryAfterForm style) =>
        ReachesTheLowerBound(10_000, () => Bucket(350 * share, 3500 * share), () => Bucket(20 * share, 3000 * share), new ServiceManner(headers, style));

    [Test]
    public void Five_in_ten_seconds_is_found_and_used_to_nine_tenths([Values] bool headers, [Values] RetryAfterForm style)
    {
        foreach (PacedRunResult result in ReachesTheLowerBound(2_000, () => Bucket(0.5, 5), () => Bucket(0.5, 5), new ServiceManner(headers, style)))
            Assert.That(result.Learned.Writes!.PerSecond, Is.EqualTo(0.5).Within(0.1), result.ToString());
    }

    [Test]
    public void A_quota_that_falls_in_the_middle_of_a_run_is_followed([Values] bool headers, [Values] RetryAfterForm style) =>
        ReachesTheLowerBound(10_000, () => Bucket(350, 3500), () => Bucket(20, 3000, new QuotaChange(200, 0.1)), new ServiceManner(headers, style));

    [Test]
    public void A_quota_that_rises_in_the_middle_of_a_run_is_followed([Values] bool headers, [Values] RetryAfterForm style) =>
        ReachesTheLowerBound(10_000, () => Bucket(350, 3500), () => Bucket(2, 300, new QuotaChange(1500, 10)), new ServiceManner(headers, style));

    [Test]
    public void Another_client_of_the_same_quota_is_lived_with([Values] bool headers) =>
        ReachesTheLowerBound(10_000, () => Bucket(350, 3500), () => new SharedQuota(Bucket(20, 3000), 10), new ServiceManner(headers));

    [Test]
    public void Fixed_windows_are_followed_like_buckets([Values] bool headers, [Values] RetryAfterForm style) =>
        ReachesTheLowerBound(10_000, () => new WindowQuota(3500, 10, sliding: false), () => new WindowQuota(300, 150, sliding: false),
            new ServiceManner(headers, style));

    [Test]
    public void A_heavy_tail_of_latency_does_not_matter([Values] bool headers) =>
        ReachesTheLowerBound(10_000, () => Bucket(175, 1750), () => Bucket(10, 1500), new ServiceManner(headers, LatencySigma: 1.2));

    private static List<PacedRunResult> ReachesTheLowerBound(int users, Func<IModelQuota> reads, Func<IModelQuota> writes, ServiceManner manner)
    {
        List<PacedRunResult> results = Seeds.Select(seed => new PacedRun(users, Configured, reads, writes, manner).Run(seed)).ToList();
        foreach (PacedRunResult result in results) Assert.That(result.Ratio, Is.InRange(0.999, 1.10), result.ToString());
        return results;
    }

    private static BucketQuota Bucket(double rate, double burst, params QuotaChange[] changes) => new(rate, burst, 0.5, changes);
}
