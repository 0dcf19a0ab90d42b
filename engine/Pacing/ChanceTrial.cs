namespace ProvisioningConnector.Engine.Pacing;

/// <summary>
/// Whether refusals come by chance: at half the rate that was refused, and below, a limit refuses next to nothing, while chance refuses the same small
/// share at every rate. Then the whole rate is tried, since a limit may lie between the two.
/// </summary>
internal sealed class ChanceTrial
{
    /// <summary>A step has so many items; the next one is twice as fast.</summary>
    private const double StepItems = 20;

    /// <summary>So many refusals that are a quarter and more of a step are a limit.</summary>
    private const double LimitRefusals = 4;

    private const double LimitShare = 0.25;

    /// <summary>The share that chance is supposed to refuse, and that of a limit which was not reached.</summary>
    private const double ByChance = 0.04;

    private const double BelowLimit = 0.003;

    /// <summary>A larger share is not taken for chance: a limit a little below the trial's rate refuses so much.</summary>
    private const double MostByChance = 0.15;

    /// <summary>The logarithm of the odds of chance at which it is proven: 100 to 1.</summary>
    private const double Enough = 4.6;

    /// <summary>The logarithm of the odds at which it is given up: 1 to 20.</summary>
    private const double Nothing = -3;

    /// <summary>The supposed share weighs as much as so many items that were seen.</summary>
    private const double Supposed = 50;

    private double _odds;
    private double _items;
    private double _refused;
    private double _stepItems;
    private double _stepRefused;
    private double _to;

    /// <summary>Cost per second.</summary>
    public double Rate { get; private set; }

    /// <summary>Whether refusals came by chance below the limit, if there is one.</summary>
    public bool IsProven => _odds >= Enough;

    /// <summary>The share that chance refuses.</summary>
    public double Share => (_refused + (Supposed * ByChance)) / (_items + Supposed);

    /// <param name="from">The rate of the first step, at most half of <paramref name="to"/>.</param>
    /// <param name="to">The rate that is in question: it went well before refusals came.</param>
    public void Begin(double from, double to) => (Rate, _to, _odds, _items, _refused, _stepItems, _stepRefused) = (Math.Min(from, to / 2), to, 0, 0, 0, 0, 0);

    /// <summary>Items came back.</summary>
    public ChanceVerdict Observe(int accepted, int refused)
    {
        _stepItems += accepted + refused;
        _stepRefused += refused;
        if (_stepRefused >= LimitRefusals && _stepRefused >= _stepItems * LimitShare) return ChanceVerdict.Limit;
        if (_stepItems < StepItems) return ChanceVerdict.Nothing;
        if (Rate >= _to) return ChanceVerdict.Chance;
        // Only a step that met no limit shows what comes by chance.
        (_items, _refused) = (_items + _stepItems, _refused + _stepRefused);
        _odds += (_stepRefused * Math.Log(ByChance / BelowLimit)) + ((_stepItems - _stepRefused) * Math.Log((1 - ByChance) / (1 - BelowLimit)));
        (_stepItems, _stepRefused) = (0, 0);
        if (_refused >= LimitRefusals && _refused > _items * MostByChance)
        {
            _odds = 0;
            return ChanceVerdict.Limit;
        }

        if (_odds <= Nothing) return ChanceVerdict.NoChance;
        if (Rate >= _to / 2 && !IsProven) return ChanceVerdict.Nothing;
        Rate = Rate < _to / 2 ? Math.Min(Rate * 2, _to / 2) : _to;
        return ChanceVerdict.Faster;
    }
}
