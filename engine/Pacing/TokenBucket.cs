namespace ProvisioningConnector.Engine.Pacing;

/// <summary>Our picture of the service's bucket: what may be spent at once. It may go below zero, for a call larger than the bucket.</summary>
internal sealed class TokenBucket(double capacity)
{
    public double Capacity { get; private set; } = capacity;

    public double Tokens { get; private set; } = capacity;

    public bool IsFull => Tokens >= Capacity;

    /// <summary>What did not fit any more since the last <see cref="Empty"/>: quota that no one wanted.</summary>
    public double Forfeited { get; private set; }

    public void Refill(double amount)
    {
        Tokens += amount;
        if (Tokens <= Capacity) return;
        Forfeited += Tokens - Capacity;
        Tokens = Capacity;
    }

    public void Take(double cost)
    {
        double saved = Math.Min(Credit, cost);
        Credit -= saved;
        Tokens -= cost - saved;
    }

    /// <summary>How much is missing for a call of this cost; a call larger than the bucket leaves when the bucket is full.</summary>
    public double MissingFor(double cost) => Math.Min(cost, Capacity) - Tokens - Credit;

    /// <summary>The service refused: whatever we believed, its bucket is empty now; what is left is one scout's fare.</summary>
    public void Empty()
    {
        Tokens = 1;
        Credit = 0;
        Forfeited = 0;
    }

    /// <summary>What the service saved for us, on top of the bucket; it is spent and not refilled.</summary>
    public void Add(double credit) => Credit = credit;

    /// <summary>What is left of it.</summary>
    public double Credit { get; private set; }

    public void Resize(double to)
    {
        Capacity = Math.Max(1, to);
        Tokens = Math.Min(Tokens, Capacity);
    }

    /// <summary>The bucket was never empty: back to what it was, and what came and went since.</summary>
    public void Restore(double capacity, double tokens)
    {
        Capacity = Math.Max(1, capacity);
        Tokens = Math.Clamp(tokens, 0, Capacity);
    }

    /// <summary>A larger bucket that was full all along.</summary>
    public void GrowFull(double to)
    {
        if (to <= Capacity) return;
        Tokens += to - Capacity;
        Capacity = to;
    }
}
