namespace ProvisioningConnector.Engine.Pacing;

/// <summary>What a refusal says about the limit.</summary>
/// <remarks>
/// Between two refusals the service's bucket was empty twice, so accepted / seconds is the rate at which it fills (<see cref="RefillMeasurement"/>). This is
/// an underestimate where quota was lost in a hold that the service's bucket was too small to keep; <c>lost</c> corrects it as far as we know.
/// A refusal soon after a hold is ambiguous (a smaller bucket, a smaller rate, chance): the first is taken lightly, the next ones at their word.
/// </remarks>
internal sealed class LimitFinder
{
    /// <summary>No limit is believed below one a minute: slower than that nothing could be learned again.</summary>
    private const double Slowest = 1.0 / 60;

    private const double FirstStep = 0.85;
    private const double Same = 0.15;

    /// <summary>A refusal at no more than this multiple of the measurement leaves no doubt about it.</summary>
    private const double Near = 1.15;

    private const double Slack = 0.98;

    /// <summary>An epoch that began this much above its measurement lost nothing to a full bucket: the measurement is exact.</summary>
    private const double Above = 1.03;

    /// <summary>After so many findings of the same limit it is doubted once.</summary>
    private const int TrustedFor = 8;

    private int _uses;
    private double _trusted;
    private double _suspected;
    private double _begunAt;

    /// <summary>Whether the newest finding was the same limit as before.</summary>
    public bool Confirmed { get; private set; }

    /// <summary>The rate measured last: accepted / seconds, with all holds. Exact where the service saves, else too low.</summary>
    public double Least { get; private set; }

    /// <summary>How many refusals came one after another, each soon after a hold.</summary>
    public int SoonInARow { get; private set; }

    /// <summary>The limit in cost per second after a refusal.</summary>
    /// <param name="epoch">The epoch that ends with it.</param>
    /// <param name="mark">The refused call.</param>
    /// <param name="rate">The rate at which it was sent.</param>
    /// <param name="idle">Seconds of the epoch in which no one wanted the quota.</param>
    /// <param name="held">Seconds of the epoch in which the gate was held.</param>
    /// <param name="kept">Whether the service saves quota during holds; null when not known.</param>
    public double Find(RefillMeasurement epoch, SentMark mark, double rate, double idle, double held, bool? kept)
    {
        double seconds = Math.Max(0.05, epoch.SecondsUpTo(mark) - idle);
        double accepted = epoch.AcceptedUpTo(mark) + mark.Cost * 0.5;
        bool soon = seconds - held < Math.Max(held, 5);
        Least = Math.Min(rate, accepted / seconds);
        Confirmed = false;
        SoonInARow = !epoch.FromEmpty ? 1 : soon ? SoonInARow + 1 : 0;
        double found = !epoch.FromEmpty ? rate * FirstStep
            : kept switch
            {
                true => Trust(Least, 0),
                false => SoonInARow switch { 0 => Trust(0.97 * rate, 0), 1 => FirstStep * rate, 2 => Math.Sqrt(Least * rate), _ => Least },
                null => Judge(rate, soon ? Least : Math.Min(rate, accepted / Math.Max(0.05, seconds - held / 2))),
            };
        found = Math.Min(Math.Max(Slowest, Math.Clamp(found, 0.02 * rate, 0.97 * rate)), rate);
        _begunAt = found * ProbeCurve.Begin;
        return found;
    }

    /// <summary>Learns from elsewhere what the limit is.</summary>
    public void Settle(double limit) => Trust(limit, 0);

    /// <summary>The service saves nothing as far as we know, or we do not know: the measurement may be too low.</summary>
    private double Judge(double rate, double measured)
    {
        if (IsSame(_trusted, measured) && _uses++ < TrustedFor) return Trust(JustBelow(rate, measured), _uses);
        if (IsSame(_suspected, measured) && _begunAt >= measured * Above) return Trust(measured, 0);
        _trusted = 0;
        _suspected = measured;
        return SoonInARow switch
        {
            0 when rate <= measured * Near => Trust(measured, 0),
            0 => Math.Sqrt(measured * rate),
            1 => Math.Max(measured, FirstStep * rate),
            2 => Math.Sqrt(measured * Math.Min(rate, measured * 4)),
            _ => measured,
        };
    }

    /// <summary>
    /// A known limit that refused a rate little above it: the rate went through until then. Without this a sliding window, which jitter alone makes
    /// refuse, would be measured a little lower every time.
    /// </summary>
    private static double JustBelow(double rate, double measured) => rate <= measured * Near ? Math.Max(measured, Slack * rate) : measured;

    private double Trust(double measured, int uses)
    {
        Confirmed = IsSame(_trusted, measured);
        _trusted = measured;
        _uses = uses;
        return measured;
    }

    private static bool IsSame(double known, double measured) => known > 0 && Math.Abs(measured / known - 1) <= Same;
}
