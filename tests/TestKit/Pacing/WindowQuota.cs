namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>So many items in each window of so many seconds: fixed windows (a count that is wiped) or a sliding one (a log of times).</summary>
public sealed class WindowQuota(double limit, double seconds, bool sliding, params QuotaChange[] changes) : IModelQuota
{
    private readonly QuotaSchedule _schedule = new(changes);
    private readonly Queue<double> _taken = new();
    private long _window;
    private double _count;

    public bool Take(double now)
    {
        Forget(now);
        if (Used >= Limit(now)) return false;
        if (sliding) _taken.Enqueue(now);
        else _count++;
        return true;
    }

    public double Share(double now)
    {
        Forget(now);
        return Used / Limit(now);
    }

    public double SecondsUntilRoom(double now)
    {
        Forget(now);
        if (Used < Limit(now)) return 0;
        return sliding ? _taken.Peek() + seconds - now : (_window + 1) * seconds - now;
    }

    public IModelQuota Fresh() => new WindowQuota(limit, seconds, sliding, changes);

    private double Used => sliding ? _taken.Count : _count;

    private double Limit(double now) => Math.Max(1, Math.Round(limit * _schedule.FactorAt(now)));

    private void Forget(double now)
    {
        while (sliding && _taken.TryPeek(out double first) && first <= now - seconds) _taken.Dequeue();
        long window = (long)(now / seconds);
        if (window != _window) _count = 0;
        _window = window;
    }
}
