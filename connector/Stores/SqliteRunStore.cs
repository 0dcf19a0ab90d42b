using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Keys;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores;

/// <summary>The memory across runs in one SQLite file (WAL, mode 600).</summary>
public sealed class SqliteRunStore : DatabaseRunStore
{
    private SqliteRunStore(SqliteDatabase database, KeyFile keyFile, TimeProvider time)
        : base(database, keyFile, time)
    {
    }

    /// <summary>Opens a store, and makes it when there is none and <paramref name="options"/> allow it.</summary>
    /// <param name="connectionString"><c>Data Source=provision.db</c>, or a path.</param>
    /// <param name="time">Where the time comes from.</param>
    /// <param name="options">Key file, whether to make a store, how long to wait for a lock; null for the defaults.</param>
    /// <param name="cancellation">Not looked at once the file is open.</param>
    /// <exception cref="StoreException">Missing, locked, read-only, damaged, foreign, of another version, or without its keys.</exception>
    public static ValueTask<SqliteRunStore> OpenAsync(
        string connectionString, TimeProvider time, RunStoreOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        ArgumentNullException.ThrowIfNull(time);
        cancellation.ThrowIfCancellationRequested();
        RunStoreOptions chosen = options ?? new RunStoreOptions();
        SqliteLocation location = SqliteLocation.Parse(connectionString);
        SqliteDatabase database = new(location.Path, chosen);
        if (location.ReadOnly) throw database.ReadOnly();
        string keyFile = Path.GetFullPath(chosen.KeyFile ?? location.Path + ".key");
        KeyFile keys = new(keyFile, chosen.KeyEncryption, chosen.PreviousKeyEncryption, chosen.Access);
        return ValueTask.FromResult(new SqliteRunStore(database, keys, time));
    }
}
