namespace ProvisioningConnector.Engine.Pacing;

/// <summary>
/// Whether the service saves quota for us while it makes us wait (a large bucket does, a small one or a per-second limit does not). It is tried:
/// after a hold a part of what must have been saved is spent at once.
/// </summary>
internal sealed class BurstCreditProbe
{
    private const double TrialPart = 0.6;
    private const double KnownPart = 0.9;

    /// <summary>Holds shorter than this many seconds save too little to measure.</summary>
    private const double ShortestHold = 3;

    /// <summary>After so many refusals a "no" is tried again.</summary>
    private const int NoFor = 8;

    private double _credit;
    private double _spent;
    private double _rate;
    private double _from;
    private int _since;

    /// <summary>True: saved. False: not saved. Null: not known yet.</summary>
    public bool? Kept { get; private set; }

    public bool Spending => _credit > 0;

    /// <summary>Forgets: what was believed does not fit what happens.</summary>
    public void Forget() => (Kept, _credit) = (null, 0);

    /// <summary>What may be spent at once when the hold ends, cost; 0 for nothing.</summary>
    public double CreditAfter(double rate, double hold, double until)
    {
        if (Kept == false && ++_since > NoFor) Kept = null;
        _credit = hold < ShortestHold || Kept == false ? 0 : rate * hold * (Kept == true ? KnownPart : TrialPart);
        if (_credit < 3) _credit = 0;
        (_spent, _rate, _from) = (0, rate, until);
        return _credit;
    }

    /// <summary>A call sent after the hold was accepted. True when that proves for the first time that quota was saved.</summary>
    public bool Accepted(double cost, double now)
    {
        if (!Spending) return false;
        _spent += cost;
        if (_spent < _credit) return false;
        bool proven = Kept is null && (now - _from) * _rate < _credit / 2;
        if (proven) Kept = true;
        _credit = 0;
        return proven;
    }

    /// <summary>A refusal. True when it came while savings were spent: there were none.</summary>
    public bool Refused()
    {
        if (!Spending) return false;
        _credit = 0;
        Kept = false;
        _since = 0;
        return true;
    }
}
