using ProvisioningConnector.Engine.Evidence.Audit;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>
/// Audit trail of a store: append-only, each record signed together with the one before it
/// (<see cref="AuditChain"/>, key <see cref="AuditChain.KeyName"/>). Any call may end in a <see cref="StoreException"/>;
/// then nothing more may be sent. Several processes may append to one chain.
/// </summary>
public interface IAuditTrail
{
    /// <summary>Appends a record that becomes durable with the next write to the same store at
    /// the latest: before the request of the intent that follows it leaves.</summary>
    ValueTask NoteAsync(AuditEntry entry, CancellationToken cancellation);

    /// <summary>Appends a record, durable when it returns, as is everything noted before.</summary>
    ValueTask AppendAsync(AuditEntry entry, CancellationToken cancellation);

    /// <summary>The end of the chain, everything noted included and durable; null while it is empty.</summary>
    ValueTask<AuditHead?> HeadAsync(CancellationToken cancellation);

    /// <summary>All records as they are stored, in the order of their numbers; nothing is checked.</summary>
    IAsyncEnumerable<AuditRecord> RecordsAsync(CancellationToken cancellation);
}
