using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Locking;

/// <summary>What trying to take a lease gave.</summary>
public abstract record LeaseAnswer
{
    private LeaseAnswer()
    {
    }

    /// <summary>It is ours, and renewed until it is disposed of.</summary>
    public sealed record Taken(HeldLease Lease) : LeaseAnswer;

    /// <summary>Somebody else has it; it may be taken from <see cref="LeaseRecord.Until"/> on if it is not renewed.</summary>
    public sealed record HeldBy(LeaseRecord Other) : LeaseAnswer;
}
