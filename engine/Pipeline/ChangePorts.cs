using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>What changes of single users need from outside.</summary>
public sealed record ChangePorts
{
    public required IUserDirectory Directory { get; init; }

    /// <summary>Reads that many share: <see cref="SharedReads"/> over <see cref="Concurrency.CoalescedReads"/>.</summary>
    public required IMethodsReader Reads { get; init; }

    public required IMethodsWriter Writer { get; init; }

    /// <summary>Sends what carries a secret; null where no such changes are asked for.</summary>
    public ISecretWriter? Secrets { get; init; }

    public required IRunStore Store { get; init; }

    public required UserLocking Locks { get; init; }

    /// <summary>Tells what an earlier run of the tenant left on its way.</summary>
    public required ITenantLease Leases { get; init; }

    public required IWriteWindows Windows { get; init; }

    /// <summary>Forgets that a changed user was verified, so that the next incremental run reads him; null where nothing is remembered.</summary>
    public IVerifiedStates? States { get; init; }

    public IChangeWitness Witness { get; init; } = new SilentWitness();

    public required TimeProvider Time { get; init; }
}
