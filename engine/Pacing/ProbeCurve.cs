namespace ProvisioningConnector.Engine.Pacing;

/// <summary>
/// The rate after a limit was found: a little below it, flat around it, and steeper the longer nothing refuses (a cubic, as in TCP CUBIC).
/// Every finding of the same limit makes the next look rarer.
/// </summary>
internal sealed class ProbeCurve
{
    /// <summary>How far below the limit the curve begins.</summary>
    private const double Depth = 0.05;

    /// <summary>The share of the limit with which the curve begins.</summary>
    public const double Begin = 1 - Depth;

    /// <summary>Beyond this multiple of the limit without a refusal the limit is no longer believed.</summary>
    private const double Disbelief = 1.3;

    private const double FirstStep = 15;
    private const double LongestStep = 40;
    private const double RarestStep = 300;

    /// <summary>No step is so short that fewer go through in it.</summary>
    private const double FewCalls = 20;

    /// <summary>Once a limit is known, a look that costs a refusal or two waits until so many went through.</summary>
    private const double ManyCalls = 85;

    private double _elapsed;

    public ProbeCurve(double limit)
        : this(limit, Math.Clamp(FewCalls / limit, FirstStep, LongestStep))
    {
    }

    private ProbeCurve(double limit, double step)
    {
        Limit = limit;
        Step = step;
    }

    /// <summary>Cost per second at which the service refused.</summary>
    public double Limit { get; }

    /// <summary>Seconds from the low beginning to the limit.</summary>
    public double Step { get; }

    public double Rate => Limit * (1 + Depth * Math.Pow(_elapsed / Step - 1, 3));

    public bool Outgrown => Rate >= Limit * Disbelief;

    /// <summary>The curve after the same limit was found again.</summary>
    public ProbeCurve Again(double limit, double shortest)
    {
        double longest = Math.Min(RarestStep, Math.Max(shortest, Math.Max(ManyCalls / limit, LongestStep)));
        return new ProbeCurve(limit, Math.Min(longest, Step * 2));
    }

    public void Pass(double seconds) => _elapsed += seconds;
}
