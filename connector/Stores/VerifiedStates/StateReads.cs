using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.VerifiedStates;

/// <summary>What is read of verified states, on a connection of its own.</summary>
internal sealed class StateReads(DbConnection connection, ValueEncryption vault)
{
    private const string OfTenant = "(SELECT no FROM state_tenants WHERE tenant_id = @tenant)";
    private const int UsersPerStatement = 100;

    public bool Any(string tenant)
    {
        using DbCommand command = connection.Statement($"SELECT 1 FROM verified_states WHERE tenant = {OfTenant} AND settled = 1 LIMIT 1", "@tenant")
            .With(tenant);
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

    public ImmutableHashSet<string> Moved(string tenant, ImmutableArray<NamedUser> names)
    {
        ImmutableHashSet<string>.Builder moved = ImmutableHashSet.CreateBuilder<string>(StringComparer.OrdinalIgnoreCase);
        connection.Run("BEGIN");
        foreach (NamedUser[] some in names.Chunk(UsersPerStatement)) Moved(tenant, some, moved);
        connection.Run("COMMIT");
        return moved.ToImmutable();
    }

    public DateTimeOffset? AuditRead(string tenant)
    {
        using DbCommand command = connection.Statement("SELECT audit_read_at FROM state_tenants WHERE tenant_id = @tenant", "@tenant").With(tenant);
        return command.ExecuteScalar() is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    private void Find(string tenant, string[] uids, ImmutableDictionary<string, VerifiedState>.Builder found)
    {
        // Rows come with digests only; whose they are is reported by what was asked for.
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

    private void Moved(string tenant, NamedUser[] some, ImmutableHashSet<string>.Builder moved)
    {
        Dictionary<string, NamedUser> asked = new(some.Length, StringComparer.Ordinal);
        foreach (NamedUser one in some) asked.TryAdd(Convert.ToHexString(vault.Digest(one.Name)), one);
        string[] names = [.. asked.Select(static (_, i) => string.Create(CultureInfo.InvariantCulture, $"@n{i}"))];
        using DbCommand command = connection.Statement(
            $"SELECT name, uid FROM source_names WHERE tenant = {OfTenant} AND name IN ({string.Join(", ", names)})", ["@tenant", .. names])
            .With([tenant, .. asked.Keys.Select(Convert.FromHexString)]);
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            NamedUser one = asked[Convert.ToHexString(reader.GetFieldValue<byte[]>(0))];
            if (!reader.GetFieldValue<byte[]>(1).AsSpan().SequenceEqual(vault.Digest(one.Uid))) moved.Add(one.Name);
        }
    }
}
