using System.Collections.Immutable;
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
    private readonly StoreDatabase _database;
    private readonly CommitQueue _queue;
    private readonly ValueEncryption _vault;

    internal DatabaseLeases(StoreDatabase database, CommitQueue queue, ValueEncryption vault) => (_database, _queue, _vault) = (database, queue, vault);

    /// <inheritdoc/>
    public async ValueTask<LeaseRecord?> ReadAsync(string tenantId, CancellationToken cancellation)
    {
        byte[]? body = await _database.ReadAsync(connection => LeaseRows.Read(connection, tenantId), cancellation);
        return body is null ? null : Decode(_vault.Open(body, SealedField.OfLease(tenantId)));
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TakeAsync(LeaseRecord wanted, LeaseRecord? seen, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        byte[] body = Body.Write(wanted);
        return await _queue.CommitAsync(writes => LeaseRows.Take(writes, wanted, seen, body), cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> KeepAsync(LeaseRecord wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        byte[] body = Body.Write(wanted);
        bool Keep(RunWrites writes) => LeaseRows.Keep(writes, wanted, body);
        return await (wanted.ReleasedAt is null ? _queue.CommitSoftlyAsync(Keep, cancellation) : _queue.CommitAsync(Keep, cancellation));
    }

    /// <inheritdoc/>
    public async ValueTask<bool> MayBeOnTheWayAsync(string tenantId, string uid, string? besides, CancellationToken cancellation)
    {
        return await _database.ReadAsync(connection => LeaseRows.MayBeOnTheWay(connection, tenantId, _vault.Digest(uid), besides), cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<UserLock?> AcquireAsync(UserLock wanted, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        // An array, because the queue's work must give something.
        ImmutableArray<UserLock> others = await _queue.CommitSoftlyAsync(
            writes =>
            {
                byte[] digest = _vault.Digest(wanted.Uid);
                ImmutableArray<UserLock> other = UserLockRows.Acquire(writes.Connection, digest, wanted, now);
                if (other.IsEmpty) writes.Fence.Raise(digest, wanted);
                return other;
            },
            cancellation);
        return others.IsEmpty ? null : others[0];
    }

    /// <inheritdoc/>
    public async ValueTask<bool> KeepAsync(UserLock held, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(held);
        return await _queue.CommitSoftlyAsync(
            writes =>
            {
                byte[] digest = _vault.Digest(held.Uid);
                bool ours = UserLockRows.Keep(writes.Connection, digest, held);
                if (ours) writes.Fence.Raise(digest, held);
                return ours;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<UserLock?> FindAsync(string tenantId, string uid, CancellationToken cancellation)
    {
        return await _database.ReadAsync(connection => UserLockRows.Find(connection, _vault.Digest(uid), tenantId, uid), cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(UserLock held, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(held);
        await _queue.CommitSoftlyAsync(
            writes =>
            {
                writes.Fence.Lower(held);
                return UserLockRows.Release(writes.Connection, _vault.Digest(held.Uid), held);
            },
            cancellation);
    }

    private LeaseRecord Decode(byte[] body)
    {
        try
        {
            return Body.Read<LeaseRecord>(body);
        }
        catch (JsonException error)
        {
            throw new StoreException(StoreProblem.Damaged, $"The store {_database.Place} holds a lease that this version cannot read.",
                "If a newer version has worked on this store, use that version. Otherwise restore the store from its last backup.", error);
        }
    }
}
