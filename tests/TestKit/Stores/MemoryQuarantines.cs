using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>Quarantined tenants in memory.</summary>
public sealed class MemoryQuarantines : IQuarantines
{
    private readonly Dictionary<string, TenantQuarantine> _tenants = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public ValueTask<TenantQuarantine?> FindAsync(string tenantId, CancellationToken cancellation) =>
        ValueTask.FromResult(_tenants.GetValueOrDefault(tenantId));

    /// <inheritdoc/>
    public ValueTask BeginAsync(TenantQuarantine quarantine, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(quarantine);
        _tenants[quarantine.TenantId] = quarantine;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask EndAsync(string tenantId, CancellationToken cancellation)
    {
        _tenants.Remove(tenantId);
        return ValueTask.CompletedTask;
    }
}
