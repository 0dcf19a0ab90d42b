namespace ProvisioningConnector.Host.Cli;

/// <summary>
/// How fast a step goes now: what was done in the last half minute, not since its beginning, so that a burst at the start or a hold in between
/// does not colour the time that is left for ever. Times are seconds since the step began.
/// </summary>
internal sealed class RecentPace
{
    private const double Window = 30;
    private const double Between = 1;
    private readonly Queue<(double At, long Done)> _samples = new([(0, 0)]);
    private double _last;

    /// <summary>Done in this step by this process.</summary>
    public long Done { get; private set; }

    public void Add(double now, long count)
    {
        Done += count;
        Look(now);
    }

    /// <summary>A second; null while too little time has passed to say.</summary>
    public double? Rate(double now)
    {
        Look(now);
        (double at, long done) = _samples.Peek();
        return now - at < Between ? null : (Done - done) / (now - at);
    }

    private void Look(double now)
    {
        if (now - _last >= Between)
        {
            _samples.Enqueue((now, Done));
            _last = now;
        }

        while (_samples.Count > 1 && now - _samples.Peek().At > Window) _samples.Dequeue();
    }
}
