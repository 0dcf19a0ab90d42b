namespace ProvisioningConnector.Engine.Runs.Incremental;

/// <summary>
/// The rolling share: every user has their own moments, one per period, spread evenly over it by object id; a user is due when one has
/// passed since the last verification. The period is shorter than <c>FullSweepAfter</c> by the time until the next run, so that no one waits longer.
/// </summary>
public static class SweepRule
{
    private static readonly TimeSpan LeastInterval = TimeSpan.FromHours(24);
    private static readonly TimeSpan Step = TimeSpan.FromHours(12);
    private static readonly TimeSpan Unpunctual = TimeSpan.FromHours(2);

    /// <summary>
    /// The period for runs that come as often as this one came after the one before; a night apart when that is not known. The time between
    /// runs is taken in steps: a period that differed a little every night would move everybody's moments and read many twice.
    /// </summary>
    public static TimeSpan Period(TimeSpan fullSweepAfter, TimeSpan? sinceLastRun)
    {
        TimeSpan interval = sinceLastRun is { } last && last > LeastInterval + Unpunctual ? Step * Math.Ceiling((last - Unpunctual) / Step) : LeastInterval;
        TimeSpan period = fullSweepAfter - interval - Unpunctual;
        TimeSpan half = fullSweepAfter / 2;
        return period > half ? period : half;
    }

    /// <summary>Whether a moment of the user lies after <paramref name="verifiedAt"/> and not
    /// after <paramref name="now"/>. A verification in the future is not believed.</summary>
    public static bool IsDue(string uid, DateTimeOffset verifiedAt, DateTimeOffset now, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(uid);
        if (period <= TimeSpan.Zero || verifiedAt > now) return true;
        long phase = (long)(period.Ticks * Share(uid));
        return Moments(now, phase, period) > Moments(verifiedAt, phase, period);
    }

    private static long Moments(DateTimeOffset at, long phase, TimeSpan period) => (at.UtcTicks + period.Ticks - phase) / period.Ticks;

    /// <summary>A number in [0, 1) that depends on the object id only (FNV-1a, then mixed: ids may be consecutive numbers).</summary>
    private static double Share(string uid)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in uid) hash = (hash ^ char.ToUpperInvariant(letter)) * 1099511628211;
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        hash ^= hash >> 33;
        return (hash >> 11) * (1.0 / (1UL << 53));
    }
}
