namespace ProvisioningConnector.Engine.Ports;

/// <summary>The right of one run to write to its users, for as long as its lock holds. Only the engine makes one.</summary>
public sealed class RunAuthority
{
    internal RunAuthority(string runId, IWriteLock writeLock)
    {
        ArgumentException.ThrowIfNullOrEmpty(runId);
        (RunId, Lock) = (runId, writeLock);
    }

    /// <summary>The run.</summary>
    public string RunId { get; }

    internal IWriteLock Lock { get; }

    /// <summary>The right to write to one of the run's users.</summary>
    internal WriteAuthority For(string uid) => new(this, uid, CancellationToken.None);
}
