namespace ProvisioningConnector.Engine.Pacing;

/// <summary>The sums behind a <see cref="GateAccount"/>.</summary>
internal struct GateTally
{
    public long Calls { get; private set; }

    public long Cost { get; private set; }

    public long ThrottledCalls { get; private set; }

    public long ThrottledItems { get; private set; }

    public long Lost { get; set; }

    /// <summary>Seconds, summed over calls.</summary>
    public double Waited { get; private set; }

    public string? Scope { get; private set; }

    public string? Information { get; private set; }

    public void LetThrough(int cost, double waited)
    {
        Calls++;
        Cost += cost;
        Waited += waited;
    }

    public void TakeBack(int cost)
    {
        Calls--;
        Cost -= cost;
    }

    public void Throttled(int items, ThrottleSignal signal)
    {
        ThrottledCalls++;
        ThrottledItems += items;
        Scope = signal.Scope ?? Scope;
        Information = signal.Information ?? Information;
    }
}
