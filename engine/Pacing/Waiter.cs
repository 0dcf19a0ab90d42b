namespace ProvisioningConnector.Engine.Pacing;

/// <summary>A call that waits its turn. Its continuation runs where its owner awaits, never inside the gate.</summary>
internal sealed class Waiter(int cost, bool fewerWillDo, double since) : TaskCompletionSource<PaceLease>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public int Cost => cost;

    /// <summary>Whether it takes a smaller lease when the limit is small.</summary>
    public bool FewerWillDo => fewerWillDo;

    /// <summary>When it came, in seconds of the gate's clock.</summary>
    public double Since => since;

    /// <summary>Its owner went away; set under the gate's lock, before it was let through.</summary>
    public bool Gone { get; set; }

    /// <summary>It was let through.</summary>
    public bool Through { get; set; }
}
