using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Stores.Notes;

/// <summary>Quarantined tenants as notes of a run store, whichever it is.</summary>
public sealed class NotedQuarantines(IRunStore store) : IQuarantines
{
    /// <inheritdoc/>
    public ValueTask<TenantQuarantine?> FindAsync(string tenantId, CancellationToken cancellation) =>
        Noted.ReadAsync<TenantQuarantine>(store, Name(tenantId), cancellation);

    /// <inheritdoc/>
    public ValueTask BeginAsync(TenantQuarantine quarantine, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(quarantine);
        return Noted.WriteAsync(store, Name(quarantine.TenantId), quarantine, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask EndAsync(string tenantId, CancellationToken cancellation) => Noted.ForgetAsync(store, Name(tenantId), cancellation);

    private static string Name(string tenantId) => $"quarantine:{Noted.Tenant(tenantId)}";
}
