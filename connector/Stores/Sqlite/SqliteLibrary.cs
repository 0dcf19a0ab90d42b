namespace ProvisioningConnector.Stores.Sqlite;

/// <summary>Loads SQLite's native library, once per process.</summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<bool> Loaded = new(static () =>
    {
        SQLitePCL.Batteries_V2.Init();
        return true;
    });

    public static void Load() => _ = Loaded.Value;
}
