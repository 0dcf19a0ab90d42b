namespace ProvisioningConnector.Engine.Pacing;

/// <summary>The usual share of refusals that come by chance, and an alarm (a cumulative sum) when there are more of them: a limit's.</summary>
internal sealed class UsualRefusals
{
    /// <summary>A share that is so much larger than the usual one speaks for a limit.</summary>
    private const double More = 0.08;

    /// <summary>The logarithm of the odds at which the alarm is raised: by chance once in some ten thousand items.</summary>
    private const double Alarm = 10;

    private const double Least = 0.02;
    private const double Most = 0.08;
    private const double Gone = 0.004;

    /// <summary>The share is that of about so many items.</summary>
    private const double Memory = 400;

    /// <summary>With fewer accepted an alarm says nothing about the limit's height.</summary>
    private const double EnoughAccepted = 10;

    private double _share;
    private double _odds;
    private double _since;
    private double _accepted;
    private double _refused;

    /// <summary>Whether there are hardly any left.</summary>
    public bool AreGone => _share < Gone;

    /// <summary>After an alarm: the rate at which the limit accepted, had nothing been refused by chance. Null when there was too little to say.</summary>
    public double? Measured { get; private set; }

    public void Begin(double share) => (_share, _odds, _accepted, _refused) = (share, 0, 0, 0);

    /// <summary>Items came back.</summary>
    /// <param name="accepted">How many were accepted.</param>
    /// <param name="refused">How many were refused.</param>
    /// <param name="now">The gate's clock.</param>
    /// <returns>Whether a limit refused.</returns>
    public bool Observe(int accepted, int refused, double now)
    {
        double usual = Math.Clamp(_share, Least, Most);
        double more = usual + More;
        if (_odds == 0) _since = now;
        (_accepted, _refused) = (_accepted + accepted, _refused + refused);
        _odds = Math.Max(0, _odds + (refused * Math.Log(more / usual)) + (accepted * Math.Log((1 - more) / (1 - usual))));
        if (_odds >= Alarm)
        {
            Measured = _accepted >= EnoughAccepted ? _accepted / (now - _since) / (1 - usual) : null;
            Begin(_share);
            return true;
        }

        if (_odds > 0) return false;
        // Only what was no limit's shows what is usual.
        double items = _accepted + _refused;
        Begin(_share + (Math.Min(1, items / Memory) * ((_refused / items) - _share)));
        return false;
    }
}
