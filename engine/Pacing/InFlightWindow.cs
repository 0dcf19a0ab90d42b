namespace ProvisioningConnector.Engine.Pacing;

/// <summary>
/// How many calls may be under way: opens by one with every accepted call, closes to a single scout after a refusal, and never opens further
/// than a small rate can use.
/// </summary>
internal sealed class InFlightWindow(int most)
{
    /// <summary>Seconds of calls that may be under way: more is a service that hangs, not one that needs more calls.</summary>
    private const double Seconds = 10;

    private const int AtFirst = 8;
    private double _meanCost = 1;
    private bool _costKnown;

    public int Open { get; private set; } = Math.Min(most, AtFirst);

    public int Limit(double rate) => Math.Min(Open, Math.Max(Math.Min(most, 2), (int)Math.Min(most, Math.Ceiling(rate / _meanCost * Seconds))));

    public void Sent(int cost)
    {
        _meanCost = _costKnown ? _meanCost + 0.1 * (cost - _meanCost) : cost;
        _costKnown = true;
    }

    public void Accepted() => Open = Math.Min(most, Open + 1);

    public void Refused() => Open = 1;
}
