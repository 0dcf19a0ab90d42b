using System.Data.Common;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Commits;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.Leases;

/// <summary>The table <c>tenant_leases</c>: one row per tenant id, never removed, so that epochs only grow.</summary>
internal static class LeaseRows
{
    public static byte[]? Read(DbConnection connection, string tenantId)
    {
        using DbCommand command = connection.Statement("SELECT body FROM tenant_leases WHERE tenant_id = @tenant", "@tenant").With(tenantId);
        return command.ExecuteScalar() as byte[];
    }

    /// <summary>Takes the lease if it is as it was seen. Earlier holders are kept from users of all runs, and from the head of the run it is taken
    /// for (<see cref="RunFence"/>).</summary>
    public static bool Take(RunWrites writes, LeaseRecord wanted, LeaseRecord? seen, byte[] plain)
    {
        DbConnection connection = writes.Connection;
        byte[] body = writes.ValueEncryption.Seal(plain, SealedField.OfLease(wanted.TenantId));
        using DbCommand take = seen is null
            ? connection.Statement(
                "INSERT INTO tenant_leases (tenant_id, epoch, beat, released, body) VALUES (@tenant, @epoch, @beat, 0, @body) ON CONFLICT DO NOTHING",
                "@tenant", "@epoch", "@beat", "@body").With(wanted.TenantId, wanted.Epoch, wanted.Beat, body)
            : connection.Statement(
                """
                UPDATE tenant_leases SET epoch = @epoch, beat = @beat, released = 0, body = @body
                WHERE tenant_id = @tenant AND epoch = @seenEpoch AND beat = @seenBeat
                """,
                "@tenant", "@epoch", "@beat", "@body", "@seenEpoch", "@seenBeat").With(wanted.TenantId, wanted.Epoch, wanted.Beat, body, seen.Epoch, seen.Beat);
        if (take.ExecuteNonQuery() == 0) return false;
        using DbCommand fence = connection.Statement("UPDATE runs SET lease_epoch = @epoch WHERE run_id = @run", "@epoch", "@run")
            .With(wanted.Epoch, wanted.Holder.RunId);
        fence.ExecuteNonQuery();
        writes.Fence.Raise(wanted);
        return true;
    }

    /// <summary>Renews or releases the lease while it is ours; our locks of users live as long as it does.</summary>
    public static bool Keep(RunWrites writes, LeaseRecord wanted, byte[] plain)
    {
        DbConnection connection = writes.Connection;
        byte[] body = writes.ValueEncryption.Seal(plain, SealedField.OfLease(wanted.TenantId));
        using DbCommand keep = connection.Statement(
            "UPDATE tenant_leases SET beat = @beat, released = @released, body = @body WHERE tenant_id = @tenant AND epoch = @epoch AND released = 0",
            "@tenant", "@epoch", "@beat", "@released", "@body").With(wanted.TenantId, wanted.Epoch, wanted.Beat, wanted.ReleasedAt is null ? 0L : 1L, body);
        if (keep.ExecuteNonQuery() == 0) return false;
        UserLockRows.KeepAll(connection, wanted);
        return true;
    }

    public static bool MayBeOnTheWay(DbConnection connection, string tenantId, byte[] uid, string? besides)
    {
        using DbCommand command = connection.Statement(
            """
            SELECT count(*) FROM runs r JOIN operations o ON o.run = r.no AND o.uid = @uid
            WHERE upper(r.tenant_id) = @tenant AND r.run_id <> @besides AND (o.outcome IS NULL OR o.outcome = 'unknown')
            AND o.no = (SELECT max(p.no) FROM operations p WHERE p.run = o.run AND p.uid = o.uid AND p.position = o.position)
            """,
            "@tenant", "@uid", "@besides").With(tenantId, uid, besides ?? "");
        return command.ExecuteScalar() is > 0L;
    }
}
