namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>A quota that another client uses too, steadily and without asking us: it takes its items whenever it is its time.</summary>
public sealed class SharedQuota(IModelQuota inner, double othersPerSecond, double until = double.PositiveInfinity) : IModelQuota
{
    private double _next;

    public bool Take(double now)
    {
        LetOthers(now);
        return inner.Take(now);
    }

    public double Share(double now)
    {
        LetOthers(now);
        return inner.Share(now);
    }

    public double SecondsUntilRoom(double now)
    {
        LetOthers(now);
        return inner.SecondsUntilRoom(now);
    }

    public IModelQuota Fresh() => new SharedQuota(inner.Fresh(), othersPerSecond, until);

    private void LetOthers(double now)
    {
        while (_next <= now && _next < until)
        {
            inner.Take(_next);
            _next += 1 / othersPerSecond;
        }
    }
}
