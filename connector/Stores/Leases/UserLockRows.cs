using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Commits;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Leases;

/// <summary>The table <c>user_locks</c>: a row while someone works on a user; users by a
/// digest of the object id. Tenant ids that differ in case only are one.</summary>
internal static class UserLockRows
{
    /// <summary>Empty when the user is ours now; otherwise the lock in the way.</summary>
    public static ImmutableArray<UserLock> Acquire(DbConnection connection, byte[] uid, UserLock wanted, DateTimeOffset now)
    {
        using DbCommand acquire = connection.Statement(
            """
            INSERT INTO user_locks (tenant_id, uid, holder, epoch, until, host, boot, process_id, process_start, request_timeout)
            VALUES (@tenant, @uid, @holder, @epoch, @until, @host, @boot, @process, @start, @timeout)
            ON CONFLICT (tenant_id, uid) DO UPDATE SET holder = excluded.holder, epoch = excluded.epoch, until = excluded.until, host = excluded.host,
            boot = excluded.boot, process_id = excluded.process_id, process_start = excluded.process_start, request_timeout = excluded.request_timeout
            WHERE user_locks.until <= @now OR user_locks.epoch < excluded.epoch
            OR (user_locks.holder = excluded.holder AND coalesce(user_locks.epoch, -1) = coalesce(excluded.epoch, -1))
            """,
            "@tenant", "@uid", "@holder", "@epoch", "@until", "@host", "@boot", "@process", "@start", "@timeout", "@now")
            .With(UserLockHolder.NameOf(wanted.TenantId), uid, wanted.Holder, wanted.Epoch, Instants.Write(wanted.Until),
                wanted.Process?.Host, wanted.Process?.Boot, wanted.Process is { } process ? (long)process.ProcessId : null, wanted.Process?.ProcessStart,
                Milliseconds(wanted.RequestTimeout), Instants.Write(now));
        while (acquire.ExecuteNonQuery() == 0)
        {
            if (Find(connection, uid, wanted.TenantId, wanted.Uid) is { } other) return [other];
        }

        return [];
    }

    /// <summary>The lock on a user, expired or not; null when there is none.</summary>
    public static UserLock? Find(DbConnection connection, byte[] digest, string tenantId, string uid)
    {
        using DbCommand find = connection.Statement(
            "SELECT holder, epoch, until, host, boot, process_id, process_start, request_timeout FROM user_locks WHERE tenant_id = @tenant AND uid = @uid",
            "@tenant", "@uid").With(UserLockHolder.NameOf(tenantId), digest);
        using DbDataReader reader = find.ExecuteReader();
        if (!reader.Read()) return null;
        DateTimeOffset until = DateTimeOffset.Parse(reader.GetString(2), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new UserLock(tenantId, uid, reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetInt64(1), until)
        {
            Process = reader.IsDBNull(3) || reader.IsDBNull(5)
                ? null : new HolderProcess(reader.GetString(3), Text(reader, 4), (int)reader.GetInt64(5), Text(reader, 6)),
            RequestTimeout = reader.IsDBNull(7) ? null : TimeSpan.FromMilliseconds(reader.GetInt64(7)),
        };
    }

    public static bool Keep(DbConnection connection, byte[] uid, UserLock held)
    {
        using DbCommand keep = connection.Statement(
            "UPDATE user_locks SET until = @until WHERE tenant_id = @tenant AND uid = @uid AND holder = @holder AND coalesce(epoch, -1) = @epoch",
            "@tenant", "@uid", "@holder", "@epoch", "@until")
            .With(UserLockHolder.NameOf(held.TenantId), uid, held.Holder, held.Epoch ?? -1, Instants.Write(held.Until));
        return keep.ExecuteNonQuery() > 0;
    }

    public static bool Release(DbConnection connection, byte[] uid, UserLock held)
    {
        using DbCommand release = connection.Statement(
            "DELETE FROM user_locks WHERE tenant_id = @tenant AND uid = @uid AND holder = @holder AND coalesce(epoch, -1) = @epoch",
            "@tenant", "@uid", "@holder", "@epoch")
            .With(UserLockHolder.NameOf(held.TenantId), uid, held.Holder, held.Epoch ?? -1);
        return release.ExecuteNonQuery() > 0;
    }

    /// <summary>Extends the locks of a lease's holder, or drops them when it releases the lease, with those of holders before it.</summary>
    public static void KeepAll(DbConnection connection, LeaseRecord lease)
    {
        using DbCommand command = lease.ReleasedAt is null
            ? connection.Statement("UPDATE user_locks SET until = @until WHERE tenant_id = @tenant AND epoch = @epoch", "@tenant", "@epoch", "@until")
                .With(UserLockHolder.NameOf(lease.TenantId), lease.Epoch, Instants.Write(lease.Until))
            : connection.Statement("DELETE FROM user_locks WHERE tenant_id = @tenant AND epoch <= @epoch", "@tenant", "@epoch")
            .With(UserLockHolder.NameOf(lease.TenantId), lease.Epoch);
        command.ExecuteNonQuery();
    }

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Rounded up: a request is never taken for landed too early.</summary>
    private static long? Milliseconds(TimeSpan? time) => time is { } some ? (long)Math.Ceiling(some.TotalMilliseconds) : null;
}
