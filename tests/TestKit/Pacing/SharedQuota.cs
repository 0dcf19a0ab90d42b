namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>A quota that another client uses too, steadily and without asking us: it takes its
/// items whenever it is its time. In the floor its wants come first.</summary>
public sealed class SharedQuota(IModelQuota inner, double othersPerSecond, double until = double.PositiveInfinity, bool othersFirst = false) : IModelQuota
{
    private double _next;
    private int _owed;

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

    public IModelQuota Fresh() => new SharedQuota(inner.Fresh(), othersPerSecond, until, true);

    private void LetOthers(double now)
    {
        while (_next <= now && _next < until)
        {
            if (!inner.Take(_next)) _owed++;
            _next += 1 / othersPerSecond;
        }

        while (othersFirst && _owed > 0 && inner.Take(now)) _owed--;
    }
}
