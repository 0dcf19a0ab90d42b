using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores.VerifiedStates;

/// <summary>What is read of verified states, on a connection of its own.</summary>
internal sealed class StateReads(SqliteConnection connection) : IDisposable
{
    private const string OfTenant = "(SELECT no FROM state_tenants WHERE tenant_id = $tenant)";

    public bool Any(string tenant)
    {
        using SqliteCommand command = connection.Prepare($"SELECT EXISTS (SELECT 1 FROM verified_states WHERE tenant = {OfTenant} AND settled = 1)", "$tenant").With(tenant);
        return command.ExecuteScalar() is 1L;
    }

    public ImmutableDictionary<string, VerifiedState> Find(string tenant, ImmutableArray<string> uids)
    {
        ImmutableDictionary<string, VerifiedState>.Builder found = ImmutableDictionary.CreateBuilder<string, VerifiedState>(StringComparer.OrdinalIgnoreCase);
        // One snapshot for all of them, taken once instead of a thousand times.
        connection.Run("BEGIN");
        using (SqliteCommand command = connection.Prepare($"SELECT {StateColumns.All} FROM verified_states WHERE tenant = {OfTenant} AND uid = $uid", "$tenant", "$uid"))
        {
            foreach (string uid in uids)
            {
                using SqliteDataReader reader = command.With(tenant, StateColumns.Name(uid)).ExecuteReader();
                if (reader.Read()) found[uid] = StateColumns.Take(reader) with { Uid = uid };
            }
        }

        connection.Run("COMMIT");
        return found.ToImmutable();
    }

    public DateTimeOffset? AuditRead(string tenant)
    {
        using SqliteCommand command = connection.Prepare("SELECT audit_read_at FROM state_tenants WHERE tenant_id = $tenant", "$tenant").With(tenant);
        return command.ExecuteScalar() is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    public void Dispose() => connection.Dispose();
}
