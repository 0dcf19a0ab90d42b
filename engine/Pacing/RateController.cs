namespace ProvisioningConnector.Engine.Pacing;

/// <summary>
/// Decides when a call may leave and learns from what comes back (README.md of this folder). No clock and no lock of its own: the gate brings
/// both; times are seconds of the gate's clock.
/// </summary>
internal sealed class RateController
{
    private const double Doubling = 10;
    private const double ReportLikeBelow = 2;

    /// <summary>
    /// Seconds of quota that may be spent at once after a limit was met. Small: what the service saved for us during a hold is not lost but used by
    /// the curve, and a service that saves nothing is not run into again.
    /// </summary>
    private const double BurstSeconds = 1;

    /// <summary>The share of the ceiling below which the header alone does not push.</summary>
    private const double LeastHeaderRate = 0.01;
    private const double LongestUnanswered = 2;

    /// <summary>The burst is spent at no more than this multiple of the rate.</summary>
    private const double MostPeak = 4;
    private const double LostHolds = 8;
    private const double RecentSeconds = 5;

    /// <summary>Seconds of quota that one batch may carry once a limit was met: in small steps a small limit is kept exactly.</summary>
    private const double BatchSeconds = 2;

    private readonly Ceiling _ceiling;
    private readonly TokenBucket _bucket;
    private readonly InFlightWindow _window;
    private readonly RefillMeasurement _epoch = new();
    private readonly BackOff _backOff = new();
    private readonly LimitHeader _header = new();
    private readonly LimitFinder _finder = new();
    private readonly BurstCreditProbe _savings = new();
    private readonly ChanceRefusals _chance = new();
    private ProbeCurve? _curve;
    private PaceBefore _before;
    private double _now;
    private double _recent;
    private double _sent;
    private double _nextPeak;
    private double _heldSince;
    private double _heldBefore;
    private double _heldAtEpoch;
    private int _generation;
    private bool _scouting;
    private bool _tokensAreShort;
    private double _refillFrom;

    public RateController(Ceiling ceiling, LearnedRate? learned)
    {
        _ceiling = ceiling;
        _window = new InFlightWindow(ceiling.InFlight);
        LearnedRate? earlier = learned is { PerSecond: > 0 } ? learned : null;
        FromEarlierRun = earlier is not null;
        double share = earlier is not null ? Math.Min(1, earlier.PerSecond / ceiling.Rate) : ceiling.Start;
        Rate = ceiling.Rate * share;
        _recent = Rate;
        _bucket = new TokenBucket(Math.Max(1, Math.Min(ceiling.Burst * share, earlier?.Burst ?? double.MaxValue)));
        if (earlier is { Limited: true } && share < 1) _curve = new ProbeCurve(Rate);
    }

    public double Rate { get; private set; }

    public double CeilingRate => _ceiling.Rate;

    public bool FromEarlierRun { get; }

    public int Congestions { get; private set; }

    public double HeldUntil { get; private set; }

    public int InFlightLimit => _window.Limit(Rate);

    public LearnedRate? Learned => _epoch.Begun || FromEarlierRun ? new LearnedRate(_curve?.Limit ?? Rate, _bucket.Capacity, _curve is not null) : null;

    public double HeldFor(double now) => _heldBefore + Math.Max(0, Math.Min(now, HeldUntil) - _heldSince);

    public GateState StateAt(double now) =>
        now < HeldUntil ? GateState.Held
        : _curve is { } curve && curve.Limit < ReportLikeBelow && curve.Limit < _ceiling.Rate / 5 ? GateState.ReportLike
        : Rate >= _ceiling.Rate ? GateState.AtCeiling
        : _curve is not null ? GateState.AtLearnedLimit
        : GateState.Climbing;

    public int AdvisedItems(int most) =>
        Congestions == 0 && !_scouting && !FromEarlierRun ? most
        : _scouting ? 1
        : (int)Math.Clamp(Rate * BatchSeconds, 1, Math.Max(1, most));

    /// <summary>Where the rate is going: the limit that was met, or the ceiling as long as none was.</summary>
    public double SteadyRate => _curve?.Limit ?? _ceiling.Rate;

    /// <summary>Seconds that calls of this cost together take from now on, if nothing else is sent and nothing changes.</summary>
    public double SecondsFor(double cost, double now)
    {
        if (cost <= 0) return 0;
        Advance(now);
        double atOnce = _bucket.Tokens + (_curve is null ? Math.Max(0, _ceiling.Burst - _bucket.Capacity) : 0);
        double paced = Math.Max(0, cost - atOnce) / SteadyRate;
        return Math.Max(0, HeldUntil - now) + Math.Max(paced, cost / (SteadyRate * MostPeak));
    }

    /// <summary>The least seconds that this cost takes from a rest, at the rate that holds now.</summary>
    public double LeastSecondsFor(double cost) => Math.Max(0, cost - (_curve is null ? _ceiling.Burst : 0)) / SteadyRate;

    /// <summary>Seconds until a call of this cost may leave, 0 for now.</summary>
    public double DelayFor(int cost, double now)
    {
        Advance(now);
        if (now < HeldUntil) return HeldUntil - now;
        double missing = _bucket.MissingFor(cost);
        _tokensAreShort = missing > 1e-6 || _bucket.Tokens < Rate;
        double forTokens = missing > 1e-6 ? missing / Rate + Math.Max(0, _refillFrom - now) : 0;
        double forPeak = _nextPeak - now;
        return Math.Max(0, Math.Max(forTokens, forPeak));
    }

    public SentMark Send(int cost, double now)
    {
        _epoch.BeginFirst(now);
        // The service's full bucket begins to refill when the first call reaches it, not when it leaves: from its answer on we are never ahead.
        // Calls that hang do not stop the gate.
        if (_bucket.IsFull && _bucket.Capacity > Rate && Congestions == 0) _refillFrom = now + LongestUnanswered;
        _bucket.Take(cost);
        _window.Sent(cost);
        // A quarter of a second of slack: clocks tick coarsely and batches are lumps.
        _nextPeak = Math.Max(_nextPeak, now - 0.25) + cost / (Rate * _header.Peak);
        SentMark mark = new SentMark(cost, now, _generation, _sent);
        _sent += cost;
        return mark;
    }

    public void NoneWaiting() => _tokensAreShort = false;

    public void Accepted(SentMark mark, ThrottleSignal signal, double now)
    {
        Advance(now);
        _refillFrom = Math.Min(_refillFrom, now);
        if (mark.Generation == _generation)
        {
            Progress(mark.Cost, now);
            Learn(_chance.Observe(mark.Cost, 0, now));
        }

        double factor = _header.Observe(signal, now, _curve is not null);
        // A limit that was measured is believed more than the header.
        Rate = Math.Max(Rate * factor, Math.Min(Rate, Math.Max(0.9 * (_curve?.Limit ?? 0), LeastHeaderRate * _ceiling.Rate)));
    }

    public void Lost(SentMark mark, double now)
    {
        Advance(now);
        _refillFrom = Math.Min(_refillFrom, now);
        _epoch.Refused(mark, mark.Cost);
    }

    public void Throttled(SentMark mark, int items, ThrottleSignal signal, double now)
    {
        Advance(now);
        _refillFrom = Math.Min(_refillFrom, now);
        _epoch.Refused(mark, items);
        if (mark.Generation != _generation)
        {
            // Sent before we drew back: the same congestion; only a longer wait is news.
            if (BackOff.Bounded(signal.RetryAfter) is { } reported) Hold(now, reported);
            return;
        }

        // Who refuses a scout, or says to wait long, means a limit.
        bool isChance = !_scouting && !(BackOff.Bounded(signal.RetryAfter) > ChanceRefusals.LongestWait);
        ChanceVerdict verdict = isChance ? _chance.Observe(mark.Cost - items, items, now) : ChanceVerdict.Limit;
        if (items < mark.Cost) Progress(mark.Cost - items, now);
        Learn(verdict);
        if (verdict is not (ChanceVerdict.Limit or ChanceVerdict.Overrun)) return;
        _header.Refused(now);
        double hold = _backOff.Next(signal.RetryAfter);
        bool spending = _savings.Refused();
        if (_scouting)
        {
            if (!_epoch.FromEmpty) _epoch.Next(mark);
        }
        else DrawBack(mark, hold, spending, verdict == ChanceVerdict.Overrun);
        Hold(now, hold);
        _bucket.Empty();
        if (!_scouting && !spending && _epoch.FromEmpty && _finder.SoonInARow < 2) _bucket.Add(_savings.CreditAfter(_finder.Least, HeldUntil - now, HeldUntil));
        _generation++;
        _scouting = true;
        _window.Refused();
    }

    /// <summary>Lets time pass: the bucket fills and, where nothing forbids it, the rate climbs.</summary>
    public void Advance(double now)
    {
        double passed = now - _now;
        if (passed <= 0) return;
        _now = now;
        double free = Math.Max(0, Math.Min(passed, now - HeldUntil));
        _bucket.Refill(Rate * Math.Min(free, Math.Max(0, now - _refillFrom)));
        if (free > 0) _recent += (Rate - _recent) * (1 - Math.Exp(-free / RecentSeconds));
        if (now >= HeldUntil) Climb(passed * _header.Pace(now), passed);
    }

    private void Climb(double passed, double real)
    {
        if (_chance.State == ChanceState.Trial) return;
        if (_curve is { } curve)
        {
            if (!_tokensAreShort) return;
            curve.Pass(passed);
            Rate = Math.Min(_ceiling.Rate, Math.Max(Rate, curve.Rate));
            if (curve.Outgrown) _curve = null;
        }
        else if (Congestions == 0 && Rate < _ceiling.Rate)
        {
            if (!_epoch.Begun) return;
            Rate = Math.Min(_ceiling.Rate, Rate * Math.Pow(2, Math.Min(passed, real) / Doubling));
            _bucket.GrowFull(_ceiling.Burst * Rate / _ceiling.Rate);
        }
        else if (_tokensAreShort && Rate < _ceiling.Rate)
        {
            Rate = Math.Min(_ceiling.Rate, Rate * Math.Pow(2, Math.Min(passed, real) / Doubling));
            _bucket.Resize(Math.Max(_bucket.Capacity, _ceiling.Burst * Rate / _ceiling.Rate));
        }
    }

    private void Progress(double cost, double now)
    {
        if (_savings.Accepted(cost, now))
        {
            // The hold was saved, so nothing was lost and the measurement was exact.
            _finder.Settle(_finder.Least);
            Follow(new ProbeCurve(_finder.Least));
        }

        _scouting = false;
        _backOff.Accepted();
        _window.Accepted();
    }

    /// <summary>Of a refusal that came by chance only the call itself is concerned.</summary>
    private void Learn(ChanceVerdict verdict)
    {
        if (verdict == ChanceVerdict.Faster) Rate = Math.Min(Math.Min(_ceiling.Rate, _before.Rate), _chance.TrialRate);
        if (verdict == ChanceVerdict.NoChance && _curve is { } curve) Rate = Math.Min(_ceiling.Rate, curve.Rate);
        if (verdict != ChanceVerdict.Chance) return;
        // What was before the first of them was drawn back without need.
        _curve = _before.Curve;
        Rate = Math.Min(_ceiling.Rate, Math.Max(Rate, _before.Rate));
        _recent = Rate;
        if (_before.Curve is null) _bucket.Restore(_before.Capacity, _before.Tokens + ((_now - _before.At) * Rate) - (_sent - _before.Sent));
        else _bucket.Resize(Math.Max(2, Rate * BurstSeconds));
        _savings.Forget();
    }

    private void DrawBack(SentMark mark, double hold, bool spending, bool isCertain)
    {
        Congestions++;
        if (_chance.RunWasLong || Congestions == 1) _before = new PaceBefore(Rate, _curve, _bucket.Capacity, _bucket.Tokens + mark.Cost, _sent, _now);
        if (!spending)
        {
            double limit = _finder.Find(_epoch, mark, Math.Min(Rate, _recent), _bucket.Forfeited / Rate, HeldFor(_now) - _heldAtEpoch, _savings.Kept);
            if (_chance.Measured is { } measured) _finder.Settle(limit = Math.Min(measured, Rate));
            if (_finder.SoonInARow > 1) _savings.Forget();
            // What a hold costs us for good is risked more rarely.
            double shortest = Math.Max(_savings.Kept == false ? LostHolds * hold : 0, _chance.FewestCalls / limit);
            Follow(_curve is { } before && _finder.Confirmed ? before.Again(limit, shortest) : new ProbeCurve(limit));
        }

        double active = _epoch.SecondsUpTo(mark) - (HeldFor(_now) - _heldAtEpoch);
        _epoch.Next(mark);
        _heldAtEpoch = HeldFor(_now);
        if (isCertain) _before = new PaceBefore(Rate, _curve, _bucket.Capacity, 0, _sent, _now);
        _chance.Congested(Rate, _before.Rate, active, hold, _now);
        if (_chance.State == ChanceState.Trial) Rate = _chance.TrialRate;
    }

    private void Follow(ProbeCurve curve)
    {
        _curve = curve;
        Rate = Math.Min(_ceiling.Rate, curve.Rate);
        _recent = Rate;
        _bucket.Resize(Math.Min(_bucket.Capacity, Math.Max(2, Rate * BurstSeconds)));
    }

    private void Hold(double now, double seconds)
    {
        if (now + seconds <= HeldUntil) return;
        if (now >= HeldUntil)
        {
            _heldBefore = HeldFor(now);
            _heldSince = now;
        }

        HeldUntil = now + seconds;
    }
}
