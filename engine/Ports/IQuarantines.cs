using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>Remembers which tenants are quarantined. Any call may end in a <see cref="StoreException"/>.</summary>
public interface IQuarantines
{
    /// <summary>Null when the tenant is not quarantined.</summary>
    ValueTask<TenantQuarantine?> FindAsync(string tenantId, CancellationToken cancellation);

    /// <summary>Durable when it returns; replaces an earlier one.</summary>
    ValueTask BeginAsync(TenantQuarantine quarantine, CancellationToken cancellation);

    /// <summary>Nothing happens when the tenant is not quarantined.</summary>
    ValueTask EndAsync(string tenantId, CancellationToken cancellation);
}
