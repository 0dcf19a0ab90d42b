using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Stores.Notes;

/// <summary>Accepted sources as notes of a run store, whichever it is.</summary>
public sealed class NotedSources(IRunStore store) : ISourceMemory
{
    /// <inheritdoc/>
    public ValueTask<AcceptedSource?> FindAsync(string tenantId, string source, bool delta, CancellationToken cancellation) =>
        Noted.ReadAsync<AcceptedSource>(store, Name(tenantId, source, delta), cancellation);

    /// <inheritdoc/>
    public ValueTask AcceptAsync(string tenantId, string source, bool delta, AcceptedSource accepted, CancellationToken cancellation) =>
        Noted.WriteAsync(store, Name(tenantId, source, delta), accepted, cancellation);

    private static string Name(string tenantId, string source, bool delta) => $"source:{Noted.Tenant(tenantId)}:{(delta ? "delta" : "full")}:{source}";
}
