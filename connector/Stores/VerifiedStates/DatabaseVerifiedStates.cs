using System.Collections.Immutable;
using System.Data.Common;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Commits;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.VerifiedStates;

/// <summary>What was verified of users, in the database of a run store; comes with it
/// (<see cref="DatabaseRunStore.VerifiedStates"/>) and ends with it.</summary>
internal sealed class DatabaseVerifiedStates(StoreDatabase database, CommitQueue queue, ValueEncryption vault) : IVerifiedStates
{
    /// <inheritdoc/>
    public ValueTask<bool> AnyAsync(string tenantId, CancellationToken cancellation) =>
        ReadAsync(tenantId, static (reads, tenant) => reads.Any(tenant), cancellation);

    /// <inheritdoc/>
    public ValueTask<ImmutableDictionary<string, VerifiedState>> FindAsync(string tenantId, ImmutableArray<string> uids, CancellationToken cancellation)
    {
        AtMost(uids.Length);
        return ReadAsync(tenantId, (reads, tenant) => reads.Find(tenant, uids), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(string tenantId, ImmutableArray<VerifiedState> states, CancellationToken cancellation)
    {
        AtMost(states.Length);
        return WriteAsync(tenantId, (writes, tenant) => writes.Save(tenant, states), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask UnsettleAsync(string tenantId, ImmutableArray<string> uids, CancellationToken cancellation)
    {
        AtMost(uids.Length);
        return WriteAsync(tenantId, (writes, tenant) => writes.Unsettle(tenant, uids), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask AttemptAsync(string tenantId, ImmutableArray<AttemptedUser> users, CancellationToken cancellation)
    {
        AtMost(users.Length);
        return WriteAsync(tenantId, (writes, tenant) => writes.Attempt(tenant, users), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableHashSet<string>> MovedNamesAsync(string tenantId, ImmutableArray<NamedUser> names, CancellationToken cancellation)
    {
        AtMost(names.Length);
        return ReadAsync(tenantId, (reads, tenant) => reads.Moved(tenant, names), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask NoteAsync(string tenantId, ImmutableArray<SignedUser> users, CancellationToken cancellation)
    {
        AtMost(users.Length);
        return WriteAsync(tenantId, (writes, tenant) => writes.Note(tenant, users), cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> AuditReadAsync(string tenantId, CancellationToken cancellation) =>
        ReadAsync(tenantId, static (reads, tenant) => reads.AuditRead(tenant), cancellation);

    /// <inheritdoc/>
    public ValueTask KeepAuditReadAsync(string tenantId, DateTimeOffset at, CancellationToken cancellation) =>
        WriteAsync(tenantId, (writes, tenant) => writes.KeepAuditRead(tenant, at), cancellation);

    /// <inheritdoc/>
    public ValueTask ForgetAsync(string tenantId, CancellationToken cancellation) =>
        WriteAsync(tenantId, static (writes, tenant) => writes.Forget(tenant), cancellation);

    private static void AtMost(int users) => ArgumentOutOfRangeException.ThrowIfGreaterThan(users, IVerifiedStates.MaxUsers);

    private async ValueTask<T> ReadAsync<T>(string tenantId, Func<StateReads, string, T> read, CancellationToken cancellation)
    {
        string tenant = StateColumns.Name(tenantId);
        await using DbConnection connection = await database.OpenAsync(cancellation);
        return database.Guard(() => read(new StateReads(connection, vault), tenant));
    }

    private async ValueTask WriteAsync(string tenantId, Action<StateWrites, long> write, CancellationToken cancellation)
    {
        string tenant = StateColumns.Name(tenantId);
        await queue.CommitAsync(
            writes =>
            {
                StateWrites states = new(writes.Connection, vault);
                write(states, states.Tenant(tenant));
                return true;
            },
            cancellation);
    }
}
