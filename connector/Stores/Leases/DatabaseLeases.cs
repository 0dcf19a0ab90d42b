using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Commits;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.Leases;

/// <summary>
/// Leases of tenants and locks on users in the database of a run store, written through its one writer. Taking and releasing a lease is
/// durable; renewals and locks of users are seen by every process at once but flush nothing.
/// </summary>
public sealed class DatabaseLeases : ITenantLease, IUserLocks
{
    private readonly StoreDatabase database;
    private readonly CommitQueue queue;
    private readonly Vault vault;

    internal DatabaseLeases(StoreDatabase database, CommitQueue queue, Vault vault) => (this.database, this.queue, this.vault) = (database, queue, vault);

    /// <inheritdoc/>
    public async ValueTask<LeaseRecord?> ReadAsync(string tenantId, CancellationToken cancellation)
    {
        await using DbConnection connection = await database.OpenAsync(cancellation);
        byte[]? body = database.Guard(() => LeaseRows.Read(connection, tenantId));
        return body is null ? null : Decode(vault.Open(body, SealedField.OfLease(tenantId)));
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TakeAsync(LeaseRecord wanted, LeaseRecord? seen, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        byte[] body = Body.Write(wanted);
        return await queue.CommitAsync(writes => LeaseRows.Take(writes, wanted, seen, body), cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> KeepAsync(LeaseRecord wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        byte[] body = Body.Write(wanted);
        bool Keep(RunWrites writes) => LeaseRows.Keep(writes, wanted, body);
        return await (wanted.ReleasedAt is null ? queue.CommitSoftlyAsync(Keep, cancellation) : queue.CommitAsync(Keep, cancellation));
    }

    /// <inheritdoc/>
    public async ValueTask<bool> MayBeOnTheWayAsync(string tenantId, string uid, string besides, CancellationToken cancellation)
    {
        await using DbConnection connection = await database.OpenAsync(cancellation);
        return database.Guard(() => LeaseRows.MayBeOnTheWay(connection, tenantId, vault.Digest(uid), besides));
    }

    /// <inheritdoc/>
    public async ValueTask<UserLock?> AcquireAsync(UserLock wanted, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        // An array, because the queue's work must give something.
        ImmutableArray<UserLock> others = await queue.CommitSoftlyAsync(writes => UserLockRows.Acquire(writes.Connection, vault.Digest(wanted.Uid), wanted, now), cancellation);
        return others.IsEmpty ? null : others[0];
    }

    /// <inheritdoc/>
    public async ValueTask<UserLock?> FindAsync(string tenantId, string uid, CancellationToken cancellation)
    {
        await using DbConnection connection = await database.OpenAsync(cancellation);
        // An array, because the guarded work must give something.
        ImmutableArray<UserLock> found = database.Guard<ImmutableArray<UserLock>>(() => UserLockRows.Find(connection, vault.Digest(uid), tenantId, uid) is { } held ? [held] : []);
        return found.IsEmpty ? null : found[0];
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(UserLock held, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(held);
        await queue.CommitSoftlyAsync(writes => UserLockRows.Release(writes.Connection, vault.Digest(held.Uid), held), cancellation);
    }

    private LeaseRecord Decode(byte[] body)
    {
        try
        {
            return Body.Read<LeaseRecord>(body);
        }
        catch (JsonException error)
        {
            throw new StoreException(StoreTrouble.Damaged, $"The store {database.Place} holds a lease that this version cannot read.",
                "If a newer version has worked on this store, use that version. Otherwise restore the store from its last backup.", error);
        }
    }
}
