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

    /// <summary>The service shows the header from here on.</summary>
    private const double Shown = 0.8;

    /// <summary>A share above this is meant in hundredths: 95, not 0.95.</summary>
    private const double Hundredths = 10;

    private const double LongestSilence = 300;

    private double _newest;
    private double _lastShown;
    private double _silence = 10;
    private double _highest;
    private double _stepBegin;
    private double _before;

    /// <summary>Whether this service ever sent the header: then its absence means that there is room.</summary>
    public bool Spoken { get; private set; }

    /// <summary>How fast the rate may climb, 1 is as ever: slowly where the limit is near,
    /// faster where a service that speaks has been silent for a while.</summary>
    public double Pace(double now) => _newest >= Near ? 0.5 : MeansRoom(now) ? 4 : 1;

    /// <summary>The service refused. Where its silence had been taken for room, the next silence must be longer.</summary>
    public void Refused(double now)
    {
        if (MeansRoom(now)) _silence = Math.Min(LongestSilence, _silence * 2);
    }

    private bool MeansRoom(double now) => Spoken && _newest < Shown && now - _lastShown > _silence;

    /// <summary>How many times faster than the rate the burst may be spent.</summary>
    public double Peak => _newest switch
    {
        >= Full => 1,
        >= Near => 1.05,
        >= Shown => 2,
        _ => 4,
    };

    /// <summary>Takes in an answer and returns the factor for the rate, at most 1.</summary>
    public double Observe(ThrottleSignal signal, double now, bool limitKnown)
    {
        _newest = signal.LimitPercentage is { } share && double.IsFinite(share) && share >= 0 ? share > Hundredths ? share / 100 : share : 0;
        if (_newest >= Shown)
        {
            Spoken = true;
            _lastShown = now;
        }

        _highest = Math.Max(_highest, _newest);
        if (now - _stepBegin < StepSeconds) return 1;
        double factor = _highest > 1 && _highest >= _before ? Math.Max(0.7, 1 / _highest)
            : !limitKnown && _highest >= Full && _highest >= _before ? 0.97
            : 1;
        _before = _highest;
        _highest = 0;
        _stepBegin = now;
        return factor;
    }
}
