namespace ProvisioningConnector.Engine.Pacing;

/// <summary>
/// The measuring rod: between two moments at which the service's bucket was empty, what it accepted divided by the time is the rate at which
/// it fills, whatever its size. The first refusal begins an epoch, each later one ends it and begins the next.
/// </summary>
internal sealed class RefillMeasurement
{
    private double _begin;
    private double _sentAtBegin;
    private double _notAccepted;

    /// <summary>Whether the beginning was a refusal (an empty bucket); the first epoch begins with the first call and a bucket of unknown size.</summary>
    public bool FromEmpty { get; private set; }

    public bool Begun { get; private set; }

    /// <summary>The first call leaves.</summary>
    public void BeginFirst(double at)
    {
        if (Begun) return;
        Begun = true;
        _begin = at;
    }

    /// <summary>Items of a call of this epoch were refused.</summary>
    public void Refused(SentMark mark, int items)
    {
        if (mark.SentBefore >= _sentAtBegin) _notAccepted += items;
    }

    /// <summary>Cost accepted until the refused call <paramref name="mark"/> left, and of that call itself. Its refusal must be counted already.</summary>
    public double AcceptedUpTo(SentMark mark) => Math.Max(0, mark.SentBefore + mark.Cost - _sentAtBegin - _notAccepted);

    public double SecondsUpTo(SentMark mark) => Math.Max(0, mark.At - _begin);

    /// <summary>A refusal: the next epoch begins where the refused call left.</summary>
    public void Next(SentMark mark)
    {
        FromEmpty = true;
        Begun = true;
        _begin = mark.At;
        _sentAtBegin = mark.SentBefore + mark.Cost;
        _notAccepted = 0;
    }
}
