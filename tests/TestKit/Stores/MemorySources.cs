using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>Accepted sources in memory.</summary>
public sealed class MemorySources : ISourceMemory
{
    private readonly Dictionary<(string Tenant, string Source, bool Delta), AcceptedSource> _sources = [];

    /// <inheritdoc/>
    public ValueTask<AcceptedSource?> FindAsync(string tenantId, string source, bool delta, CancellationToken cancellation) =>
        ValueTask.FromResult(_sources.GetValueOrDefault((Tenant(tenantId), source, delta)));

    /// <inheritdoc/>
    public ValueTask AcceptAsync(string tenantId, string source, bool delta, AcceptedSource accepted, CancellationToken cancellation)
    {
        _sources[(Tenant(tenantId), source, delta)] = accepted;
        return ValueTask.CompletedTask;
    }

    private static string Tenant(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.ToLowerInvariant();
    }
}
