using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Composition;

/// <summary>
/// A store's memory is a safeguard: without it drift, limits over time, undo and the lease have nothing to go by. So a store
/// that does not know a real tenant yet is used for writing only when somebody says that it is new.
/// </summary>
internal static class KnownTenant
{
    /// <exception cref="ProvisioningException">The store holds no finished run of the tenant, and <c>--new-store</c> was not given.</exception>
    public static async Task CheckAsync(IRunStore store, TenantIdentity tenant, bool isLoopback, bool newStore, CancellationToken cancellation)
    {
        if (isLoopback || newStore || await store.HasFinishedRunAsync(tenant.Id, cancellation)) return;
        throw new ProvisioningException(
            "newStore",
            $"The store holds no finished run of the tenant '{tenant.Name}' ({tenant.Id}), so it may be the wrong one or a lost one that was begun anew. Nothing was written.",
            "If this is the first apply to this tenant with this store, add --new-store, once. If there were runs before, point Store:ConnectionString at their store, or restore it from its backup. An interrupted first run is finished with 'provision resume'.");
    }
}
