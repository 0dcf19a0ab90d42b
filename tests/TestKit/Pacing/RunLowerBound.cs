namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>
/// The least time that some items can take: a greedy client without latency that knows everything, against the service's own metering and
/// the configured ceiling, bursts counted. Against a bucket it is (items − burst) / rate.
/// </summary>
public static class RunLowerBound
{
    private const double Tick = 0.05;

    /// <summary>Seconds from <paramref name="from"/>, at which both bursts are full, until the last of <paramref name="items"/> is accepted.</summary>
    public static double Compute(IModelQuota quota, double from, long items, double ceilingRate, double ceilingBurst)
    {
        ArgumentNullException.ThrowIfNull(quota);
        IModelQuota fresh = quota.Fresh();
        double allowed = ceilingBurst;
        long left = items;
        for (long tick = 0L; ; tick++)
        {
            double now = from + tick * Tick;
            while (left > 0 && allowed >= 1 && fresh.SecondsUntilRoom(now) <= 1e-9 && fresh.Take(now))
            {
                allowed--;
                left--;
            }

            if (left == 0) return tick * Tick;
            allowed = Math.Min(ceilingBurst, allowed + ceilingRate * Tick);
        }
    }
}
