namespace ProvisioningConnector.Engine.Pacing;

/// <summary>What a refusal says about the limit.</summary>
/// <remarks>
/// Between two refusals the service's bucket was empty twice, so accepted / seconds is the rate at which it fills (<see cref="Epoch"/>). This is
/// an underestimate where quota was lost in a hold that the service's bucket was too small to keep; <c>lost</c> corrects it as far as we know.
/// A refusal soon after a hold is ambiguous (a smaller bucket, a smaller rate, chance): the first is taken lightly, the next ones at their word.
/// </remarks>
internal sealed class LimitFinder
{
    private const double FirstStep = 0.85;
    private const double Same = 0.15;

    /// <summary>A rate further above the measurement than this says that the measurement is old: the quota rose, or the service saves nothing.</summary>
    private const double Believable = 1.3;

    private const double Trust = 4;

    private int _shortInARow;
    private double _limit;

    /// <summary>Whether the newest finding was the same limit as before.</summary>
    public bool Confirmed { get; private set; }

    /// <summary>The limit in cost per second after a refusal.</summary>
    /// <param name="epoch">The epoch that ends with it.</param>
    /// <param name="mark">The refused call.</param>
    /// <param name="rate">The rate at which it was sent.</param>
    /// <param name="idle">Seconds of the epoch in which nobody wanted the quota.</param>
    /// <param name="held">Seconds of the epoch in which the gate was held.</param>
    public double Find(Epoch epoch, SentMark mark, double rate, double idle, double held)
    {
        var seconds = Math.Max(0.05, epoch.SecondsUpTo(mark));
        var accepted = epoch.AcceptedUpTo(mark) + mark.Cost * 0.5;
        var measured = Math.Min(rate, accepted / Math.Max(0.05, seconds - idle));
        var soon = seconds - held < Math.Max(held, 5);
        var found = Math.Clamp(Judge(epoch, rate, measured, soon), 0.02 * rate, 0.97 * rate);
        Confirmed = _limit > 0 && Math.Abs(found / _limit - 1) <= Same;
        // Every hold is a little loss that makes the next estimate lower: a limit found again is not let down at once.
        if (Confirmed && _shortInARow == 0) found = Math.Max(found, (found + Math.Min(rate, _limit)) / 2);
        _limit = found;
        return found;
    }

    private double Judge(Epoch epoch, double rate, double measured, bool soon)
    {
        if (!epoch.FromEmpty)
        {
            _shortInARow = 1;
            return rate * FirstStep;
        }

        _shortInARow = soon ? _shortInARow + 1 : 0;
        return _shortInARow switch
        {
            0 => measured * Math.Sqrt(Math.Max(1, rate / measured / Believable)),
            1 => Math.Max(measured, FirstStep * rate),
            2 => Math.Sqrt(measured * Math.Min(rate, measured * Trust)),
            _ => measured,
        };
    }
}
