using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>Remembers the last accepted state of each source of a tenant; full lists and lists
/// of changes apart. Any call may end in a <see cref="StoreException"/>.</summary>
public interface ISourceMemory
{
    /// <summary>Null when none was accepted.</summary>
    ValueTask<AcceptedSource?> FindAsync(string tenantId, string source, bool delta, CancellationToken cancellation);

    /// <summary>Replaces what was remembered.</summary>
    ValueTask AcceptAsync(string tenantId, string source, bool delta, AcceptedSource accepted, CancellationToken cancellation);
}
