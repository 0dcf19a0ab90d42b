using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Keys;
using ProvisioningConnector.Stores.Postgres;

namespace ProvisioningConnector.Stores;

/// <summary>The memory across runs in a schema of a PostgreSQL database; all hosts that use it need the same key file.</summary>
public sealed class PostgresRunStore : DatabaseRunStore
{
    private PostgresRunStore(PostgresDatabase database, KeyFile keyFile, TimeProvider time)
        : base(database, keyFile, time)
    {
    }

    /// <summary>Opens a store, and makes its schema when there is none and <paramref name="options"/> allow it.</summary>
    /// <param name="connectionString"><c>Host=…;Database=…;Username=…</c>; the tables lie in
    /// the schema of <c>Search Path</c>, or else in <c>provision</c>.</param>
    /// <param name="time">Where the time comes from.</param>
    /// <param name="options">Key file (needed), whether to make a store, how long to wait for a lock.</param>
    /// <param name="cancellation">Not looked at once the database is open.</param>
    /// <exception cref="StoreException">Missing, locked, read-only, foreign, of another version, without its keys, or not to be reached.</exception>
    public static async ValueTask<PostgresRunStore> OpenAsync(string connectionString, TimeProvider time,
        RunStoreOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(options);
        cancellation.ThrowIfCancellationRequested();
        if (options.KeyFile is null)
        {
            throw new StoreException(StoreProblem.KeyLost, "A store in PostgreSQL needs a key file, and none is configured.",
                "Set Store:KeyFile to a file outside the database; copy it to every host that uses this store.");
        }

        PostgresDatabase database = new(PostgresLocation.Parse(connectionString), options);
        bool opened = false;
        try
        {
            KeyFile keys = new(Path.GetFullPath(options.KeyFile), options.KeyEncryption, options.PreviousKeyEncryption, options.Access);
            PostgresRunStore store = new(database, keys, time);
            opened = true;
            return store;
        }
        finally
        {
            if (!opened) await database.DisposeAsync();
        }
    }
}
