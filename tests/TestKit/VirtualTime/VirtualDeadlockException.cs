namespace ProvisioningConnector.TestKit.VirtualTime;

/// <summary>Everything in a virtual world waits and nothing can wake it, or it lives on for ever.</summary>
public sealed class VirtualDeadlockException(int seed, TimeSpan at, string why)
    : Exception($"The virtual world with seed {seed} stands still at {at} of virtual time: {why}")
{
    /// <summary>The seed that leads here again.</summary>
    public int Seed { get; } = seed;
}
