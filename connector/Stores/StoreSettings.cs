namespace ProvisioningConnector.Stores;

/// <summary>What a store lies in.</summary>
public enum StoreProvider
{
    Sqlite,
    PostgreSql,
}

/// <summary>Where the store is.</summary>
/// <param name="Provider">What it lies in.</param>
/// <param name="ConnectionString">Of SQLite, its path absolute; or of PostgreSQL, perhaps with a password: never shown.</param>
/// <param name="KeyFile">File of the store's keys; null: beside the SQLite file.</param>
/// <param name="Retention">How long ended runs are kept by <c>runs prune</c>.</param>
public sealed record StoreSettings(StoreProvider Provider, string ConnectionString, string? KeyFile, TimeSpan Retention);
