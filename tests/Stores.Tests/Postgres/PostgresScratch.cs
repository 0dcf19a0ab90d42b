using Npgsql;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Tests.Sqlite;

namespace ProvisioningConnector.Stores.Tests.Postgres;

/// <summary>A schema of its own on the tests' server, and a key file.</summary>
internal sealed class PostgresScratch : IDisposable
{
    private readonly Scratch _files = new();

    private PostgresScratch(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    public string KeyFile => _files.PathOf("store.key");

    public static PostgresScratch Make() => new($"{PostgresOnce.Server.ConnectionString};Search Path=s{Guid.NewGuid():N}");

    public ValueTask<PostgresRunStore> OpenAsync(RunStoreOptions? options = null, TimeProvider? time = null) =>
        PostgresRunStore.OpenAsync(ConnectionString, time ?? TimeProvider.System, (options ?? new()) with { KeyFile = KeyFile });

    public NpgsqlConnection Connect()
    {
        NpgsqlConnection connection = new(ConnectionString);
        connection.Open();
        return connection;
    }

    public void Dispose() => _files.Dispose();
}
