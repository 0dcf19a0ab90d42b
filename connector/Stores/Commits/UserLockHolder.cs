using System.Data.Common;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Commits;

/// <summary>Whether a user's lock is still its holder's, to the end of the transaction that asks.</summary>
internal sealed class UserLockHolder(StoreDatabase database, DbConnection connection) : IDisposable
{
    private readonly DbCommand _holder = connection.Statement(
        "SELECT holder FROM user_locks WHERE tenant_id = @tenant AND uid = @uid" + database.Unchanged, "@tenant", "@uid");

    /// <summary>Whether a change of one user still has its lock.</summary>
    /// <param name="digest">Of the user.</param>
    /// <param name="held">The lock that was taken.</param>
    public bool Has(byte[] digest, UserLock held) => _holder.With(NameOf(held.TenantId), digest).ExecuteScalar() as string == held.Holder;

    /// <summary>How the table spells a tenant id: ids that differ in case only are one.</summary>
    public static string NameOf(string tenantId) => tenantId.ToUpperInvariant();

    public void Dispose() => _holder.Dispose();
}
