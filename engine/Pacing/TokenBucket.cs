namespace ProvisioningConnector.Engine.Pacing;

/// <summary>Our picture of the service's bucket: what may be spent at once. It may go below zero, for a call larger than the bucket.</summary>
internal sealed class TokenBucket(double capacity)
{
    public double Capacity { get; private set; } = capacity;

    public double Tokens { get; private set; } = capacity;

    public bool IsFull => Tokens >= Capacity;

    /// <summary>What did not fit any more since the last <see cref="Empty"/>: quota that nobody wanted.</summary>
    public double Forfeited { get; private set; }

    public void Refill(double amount, bool forfeits)
    {
        Tokens += amount;
        if (Tokens <= Capacity) return;
        if (forfeits) Forfeited += Tokens - Capacity;
        Tokens = Capacity;
    }

    public void Take(double cost) => Tokens -= cost;

    /// <summary>The service refused: whatever we believed, its bucket is empty now.</summary>
    public void Empty()
    {
        Tokens = 0;
        Forfeited = 0;
    }

    public void Resize(double to)
    {
        Capacity = Math.Max(1, to);
        Tokens = Math.Min(Tokens, Capacity);
    }

    /// <summary>A larger bucket that was full all along.</summary>
    public void GrowFull(double to)
    {
        if (to <= Capacity) return;
        Tokens += to - Capacity;
        Capacity = to;
    }
}
