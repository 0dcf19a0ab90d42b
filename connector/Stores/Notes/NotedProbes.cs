using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Stores.Notes;

/// <summary>Probes of tenants as notes of a run store, whichever it is.</summary>
public sealed class NotedProbes(IRunStore store) : IProbes
{
    /// <inheritdoc/>
    public ValueTask<KnownProbe?> FindAsync(string tenantId, CancellationToken cancellation) =>
        KeyValueMemory.ReadAsync<KnownProbe>(store, Name(tenantId), cancellation);

    /// <inheritdoc/>
    public ValueTask KeepAsync(KnownProbe probe, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return KeyValueMemory.WriteAsync(store, Name(probe.TenantId), probe, cancellation);
    }

    private static string Name(string tenantId) => $"probe:{KeyValueMemory.Tenant(tenantId)}";
}
