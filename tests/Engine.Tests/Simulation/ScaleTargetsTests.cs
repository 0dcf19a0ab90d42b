using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Pacing;
using ProvisioningConnector.TestKit.Simulation;

namespace ProvisioningConnector.Engine.Tests.Simulation;

/// <summary>
/// The whole reconciler over ten thousand users in virtual time: as fast as the quota lets it, hardly throttled, no user given up and nothing
/// written twice. Larger crowds and more seeds: <c>tests/Benchmarks -- simulate</c>.
/// </summary>
public sealed class ScaleTargetsTests
{
    private const int Users = 10_000;
    private const int Seed = 7;
    private static readonly QuotaSettings Configured = new(Start: 1);

    [Test]
    public void Within_a_known_quota_a_run_takes_its_floor_and_is_not_throttled([Values] bool headers)
    {
        CrowdResult result = Run("known", new ServiceManner(headers));
        Assert.That(result.Ratio, Is.InRange(0.999, 1.02), result.ToString());
        Assert.That(result.RefusedShare, Is.LessThanOrEqualTo(0.001), result.ToString());
    }

    [TestCase("half", true, RetryAfterForm.Ten)]
    [TestCase("half", false, RetryAfterForm.Missing)]
    [TestCase("tenth", true, RetryAfterForm.WholeSeconds)]
    [TestCase("tenth", false, RetryAfterForm.AlwaysOne)]
    [TestCase("writes-5-per-10s", false, RetryAfterForm.Ten)]
    [TestCase("writes-5-per-sliding-10s", false, RetryAfterForm.WholeSeconds)]
    [TestCase("5-per-10s", true, RetryAfterForm.Fraction)]
    [TestCase("falls", false, RetryAfterForm.Missing)]
    [TestCase("rises", true, RetryAfterForm.Date)]
    [TestCase("windows", false, RetryAfterForm.Ten)]
    [TestCase("shared", true, RetryAfterForm.Ten)]
    public void A_quota_that_the_configuration_does_not_know_is_found_and_used(string quota, bool headers, RetryAfterForm style)
    {
        CrowdResult result = Run(quota, new ServiceManner(headers, style));
        Assert.That(result.RatioWithSafety, Is.InRange(0.999, 1.10), result.ToString());
    }

    [Test]
    public void Slow_answers_do_not_let_quota_lie_idle()
    {
        CrowdResult result = Run("known", new ServiceManner(MedianLatency: 1));
        // The directory's pages come one after another, so that only the writing is measured here.
        Assert.That(result.Makespan - result.PlanSeconds, Is.LessThanOrEqualTo(1.05 * result.LowerBound.Writes), result.ToString());
    }

    [Test]
    public void Writes_that_show_late_do_not_keep_others_from_beginning()
    {
        CrowdResult result = Run("known", new ServiceManner(), TimeSpan.FromSeconds(5));
        // At 0, 1, 4 and 13 seconds after the last write it is looked for.
        Assert.That(result.Makespan, Is.LessThanOrEqualTo((1.02 * result.LowerBound.Plain) + 14), result.ToString());
    }

    [Test]
    public void One_seed_gives_one_run()
    {
        CrowdResult first = Run("half", new ServiceManner());
        CrowdResult second = Run("half", new ServiceManner());
        Assert.That(second.ToString(), Is.EqualTo(first.ToString()));
    }

    private static CrowdResult Run(string quota, ServiceManner manner, TimeSpan lag = default)
    {
        (Func<IModelQuota> reads, Func<IModelQuota> writes) = QuotaNames.Parse(quota);
        CrowdResult result = new CrowdRun(Users, Configured, reads, writes, manner) { ReadLag = lag }.Run(Seed);
        Assert.That(result.Outcome, Is.EqualTo(RunOutcome.Succeeded), result.ToString());
        Assert.That(result.Outcomes.Done, Is.EqualTo(Users), result.ToString());
        Assert.That(result.Verified, Is.EqualTo(Users), result.ToString());
        Assert.That(result.WrittenTwice, Is.Zero, result.ToString());
        return result;
    }
}
