namespace ProvisioningConnector.Engine.Pacing;

/// <summary>
/// What <c>x-ms-throttle-limit-percentage</c> says. Services differ in what they count (the level of a bucket, or the rate of a window), so it
/// steers gently: it may stop a climb and take small steps down, but a limit is found by refusals only.
/// </summary>
internal sealed class LimitHeader
{
    /// <summary>From here on the burst is not spent faster than it refills and the rate steps down while the share still rises.</summary>
    private const double Full = 0.99;

    private const double Near = 0.90;
    private const double StepSeconds = 2;

    private double _newest;
    private double _highest;
    private double _stepBegin;
    private double _before;

    /// <summary>Whether this service ever sent the header: then its absence means that there is room.</summary>
    public bool Spoken { get; private set; }

    public bool AllowsClimb => _newest < Near;

    /// <summary>How many times faster than the rate the burst may be spent.</summary>
    public double Peak => _newest switch
    {
        >= Full => 1,
        >= Near => 1.05,
        >= 0.8 => 2,
        _ => 4,
    };

    /// <summary>Hears an answer and returns the factor for the rate, at most 1.</summary>
    public double Hear(ThrottleSignal signal, double now)
    {
        _newest = signal.LimitPercentage is { } share && double.IsFinite(share) && share >= 0 ? share : 0;
        if (_newest > 0) Spoken = true;
        _highest = Math.Max(_highest, _newest);
        if (now - _stepBegin < StepSeconds) return 1;
        var factor = _highest > 1 && _highest >= _before ? Math.Max(0.7, 1 / _highest)
            : _highest >= Full && _highest >= _before ? 0.97
            : 1;
        _before = _highest;
        _highest = 0;
        _stepBegin = now;
        return factor;
    }
}
