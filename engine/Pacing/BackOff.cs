namespace ProvisioningConnector.Engine.Pacing;

/// <summary>How long to stay away after a refusal.</summary>
internal sealed class BackOff
{
    /// <summary>No hold is shorter, in seconds: "Retry-After: 0" must not hammer.</summary>
    public const double Shortest = 1;

    /// <summary>No hold is longer, in seconds. A longer Retry-After is asked again after this time, with a single call.</summary>
    public const double Longest = 300;

    /// <summary>Our own doubling, where the service's word was missing or proved too short, ends here.</summary>
    private const double LongestOwn = 60;

    private int _inARow;

    /// <summary>The service's word within our bounds; null where it gave none.</summary>
    public static double? Bounded(TimeSpan? retryAfter) =>
        retryAfter is { } span ? Math.Clamp(span.TotalSeconds, Shortest, Longest) : null;

    /// <summary>Something was accepted: the next refusal is a new one.</summary>
    public void Accepted() => _inARow = 0;

    /// <summary>The hold after a refusal; doubles while nothing at all is accepted in between.</summary>
    public double Next(TimeSpan? retryAfter)
    {
        double own = Math.Min(LongestOwn, Shortest * Math.Pow(2, Math.Min(_inARow, 16)));
        _inARow++;
        double? reported = Bounded(retryAfter);
        return reported is null || _inARow > 1 ? Math.Max(reported ?? 0, own) : reported.Value;
    }
}
