namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>A token bucket: refills at a rate up to a burst; a refused item costs a part of one.</summary>
public sealed class BucketQuota(double rate, double burst, double refusalCost = 0.5, params QuotaChange[] changes) : IModelQuota
{
    private readonly QuotaSchedule _schedule = new(changes);
    private double _spent;
    private double _at;

    public bool Take(double now)
    {
        Refill(now);
        if (burst - _spent >= 1 - 1e-9)
        {
            _spent += 1;
            return true;
        }

        _spent = Math.Min(2 * burst, _spent + refusalCost);
        return false;
    }

    public double Share(double now)
    {
        Refill(now);
        return _spent / burst;
    }

    public double SecondsUntilRoom(double now)
    {
        Refill(now);
        return Math.Max(0, 1 - burst + _spent) / (rate * _schedule.FactorAt(now));
    }

    public IModelQuota Fresh() => new BucketQuota(rate, burst, 0, changes);

    private void Refill(double now)
    {
        _spent = Math.Max(0, _spent - (now - _at) * rate * _schedule.FactorAt(now));
        _at = now;
    }
}
