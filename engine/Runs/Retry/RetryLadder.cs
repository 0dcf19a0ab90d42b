using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Retry;

/// <summary>
/// When an incremental run tries a user again who failed: 1, 6, 12 and 24 hours after the first failure, then daily to 7 days;
/// users whom the tenant did not know to 24 hours only; what is permanent not before row or policy change (docs/safety.md#retries-across-runs).
/// </summary>
public static class RetryLadder
{
    /// <summary>Times after the first failure.</summary>
    public static ImmutableArray<TimeSpan> Rungs { get; } =
        [TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(12), .. Enumerable.Range(1, 7).Select(days => TimeSpan.FromDays(days))];

    /// <summary>What to remember after another failure.</summary>
    /// <param name="before">What was remembered; null after the first failure, and when row or policy changed since.</param>
    /// <param name="uid">The user.</param>
    /// <param name="kind">Kind of this failure; another kind than before begins a ladder of its own.</param>
    /// <param name="code">Code of this failure.</param>
    /// <param name="now">When it failed.</param>
    public static RetryEntry After(RetryEntry? before, string uid, RetryClass kind, string code, DateTimeOffset now)
    {
        bool again = before is not null && before.Class == kind;
        DateTimeOffset first = again && before is not null ? before.FirstAt : now;
        return new(uid, kind, again && before is not null ? before.Attempts + 1 : 1, first, now, Next(kind, first, now), code);
    }

    /// <summary>Whether a user is to be tried in a run.</summary>
    /// <param name="entry">What is remembered; null when the last run ended well or there was none.</param>
    /// <param name="changed">Whether the row, the policy or a limit changed since the last failure.</param>
    /// <param name="now">The run's beginning.</param>
    public static bool IsDue(RetryEntry? entry, bool changed, DateTimeOffset now) => entry is null || changed || entry.NextDue <= now;

    /// <summary>The next rung after now; null when the ladder has ended.</summary>
    private static DateTimeOffset? Next(RetryClass kind, DateTimeOffset first, DateTimeOffset now)
    {
        TimeSpan last = kind switch
        {
            RetryClass.Transient => TimeSpan.FromDays(7),
            RetryClass.NotFound => TimeSpan.FromDays(1),
            RetryClass.Permanent => TimeSpan.Zero,
        };
        foreach (TimeSpan rung in Rungs)
        {
            if (rung <= last && first + rung > now) return first + rung;
        }

        return null;
    }
}
