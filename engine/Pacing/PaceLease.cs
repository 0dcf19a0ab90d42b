namespace ProvisioningConnector.Engine.Pacing;

/// <summary>
/// The right to send one call now. Report exactly once what came back; disposing without a report says that no answer came
/// (connection problems), from which the gate learns nothing.
/// </summary>
public sealed class PaceLease : IDisposable
{
    private readonly Gate _gate;
    private int _reported;

    internal PaceLease(Gate gate, SentMark mark)
    {
        _gate = gate;
        Mark = mark;
    }

    /// <summary>What the call costs.</summary>
    public int Cost => Mark.Cost;

    internal SentMark Mark { get; }

    /// <summary>The service answered and did not throttle: also every error that is not a 429.</summary>
    /// <exception cref="InvalidOperationException">The call was reported before.</exception>
    public void Succeeded(ThrottleSignal signal = default)
    {
        ReportOnce();
        _gate.Succeeded(Mark, signal);
    }

    /// <summary>The service answered 429: the whole call, or <paramref name="items"/> of a batch.</summary>
    /// <param name="signal">What the answer said; for a batch, the longest <c>Retry-After</c> of its items.</param>
    /// <param name="items">How many items were refused, 1 to the call's cost; null: all.</param>
    /// <exception cref="InvalidOperationException">The call was reported before.</exception>
    public void Throttled(ThrottleSignal signal, int? items = null)
    {
        int refused = items ?? Mark.Cost;
        ArgumentOutOfRangeException.ThrowIfLessThan(refused, 1, nameof(items));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(refused, Mark.Cost, nameof(items));
        ReportOnce();
        _gate.Throttled(Mark, refused, signal);
    }

    /// <summary>The call was not made after all.</summary>
    /// <exception cref="InvalidOperationException">The call was reported before.</exception>
    public void NeverLeft()
    {
        ReportOnce();
        _gate.NeverLeft(Mark);
    }

    /// <summary>Ends the call; without a report before, it counts as lost.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _reported, 1) == 0) _gate.Lost(Mark);
    }

    private void ReportOnce()
    {
        if (Interlocked.Exchange(ref _reported, 1) != 0) throw new InvalidOperationException("This call was reported before; a lease takes one report.");
    }
}
