namespace ProvisioningConnector.Engine.Locking;

/// <summary>What is known of the process that holds a lease (docs/safety.md#locks).</summary>
public enum HolderState
{
    /// <summary>Nothing speaks against its being alive.</summary>
    MayLive,

    /// <summary>
    /// Its cluster gave it up: it did not report in time. It may be alive all the same, paused or cut off, so only a store that refuses its
    /// further intents lets others begin at once (<see cref="Ports.LeaseRecord.IsFenced"/>).
    /// </summary>
    DeclaredDead,

    /// <summary>Certain not to run any more: same machine, same boot, its process gone or another one.</summary>
    Gone,
}
