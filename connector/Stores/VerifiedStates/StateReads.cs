using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Stores.Databases;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.VerifiedStates;

/// <summary>What is read of verified states, on a connection of its own.</summary>
internal sealed class StateReads(DbConnection connection, Vault vault)
{
    private const string OfTenant = "(SELECT no FROM state_tenants WHERE tenant_id = @tenant)";
    private const int UsersPerStatement = 100;

    public bool Any(string tenant)
    {
        using DbCommand command = connection.Statement($"SELECT 1 FROM verified_states WHERE tenant = {OfTenant} AND settled = 1 LIMIT 1", "@tenant").With(tenant);
        return command.ExecuteScalar() is not null;
    }

    public ImmutableDictionary<string, VerifiedState> Find(string tenant, ImmutableArray<string> uids)
    {
        ImmutableDictionary<string, VerifiedState>.Builder found = ImmutableDictionary.CreateBuilder<string, VerifiedState>(StringComparer.OrdinalIgnoreCase);

        // One snapshot for all of them, taken once.
        connection.Run("BEGIN");
        foreach (string[] some in uids.Chunk(UsersPerStatement)) Find(tenant, some, found);
        connection.Run("COMMIT");
        return found.ToImmutable();
    }

    public DateTimeOffset? AuditRead(string tenant)
    {
        using DbCommand command = connection.Statement("SELECT audit_read_at FROM state_tenants WHERE tenant_id = @tenant", "@tenant").With(tenant);
        return command.ExecuteScalar() is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    private void Find(string tenant, string[] uids, ImmutableDictionary<string, VerifiedState>.Builder found)
    {
        // Rows come with digests only; whose they are is told by what was asked for.
        Dictionary<string, string> asked = new(uids.Length, StringComparer.Ordinal);
        foreach (string uid in uids) asked.TryAdd(Convert.ToHexString(vault.Digest(uid)), uid);
        string[] names = [.. asked.Select(static (_, i) => string.Create(CultureInfo.InvariantCulture, $"@u{i}"))];
        using DbCommand command = connection.Statement(
            $"SELECT {StateColumns.All} FROM verified_states WHERE tenant = {OfTenant} AND uid IN ({string.Join(", ", names)})", ["@tenant", .. names])
            .With([tenant, .. asked.Keys.Select(Convert.FromHexString)]);
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            string uid = asked[Convert.ToHexString(reader.GetFieldValue<byte[]>(0))];
            found[uid] = StateColumns.Take(reader, uid);
        }
    }
}
