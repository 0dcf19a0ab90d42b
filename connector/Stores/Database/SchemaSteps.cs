using System.Data.Common;
using System.Globalization;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Stores.Database;

/// <summary>Brings a store's schema to the newest version: all steps or none, also when two processes start at once.</summary>
internal static class SchemaSteps
{
    /// <exception cref="StoreException">A newer version wrote the store, or one so old that it kept values in clear.</exception>
    public static void Run(StoreDatabase database, DbConnection connection, TimeProvider time)
    {
        if (Version(database, connection) == Migrations.Newest) return;
        database.Alone(connection, () => RunAlone(database, connection, time));
    }

    private static bool RunAlone(StoreDatabase database, DbConnection connection, TimeProvider time)
    {
        connection.Run(database.Schema(Migrations.AppliedPlanWriter));
        long version = connection.Count("SELECT max(version) FROM schema_version");
        if (version > Migrations.Newest) throw Newer(database.Place, version);
        if (version is > 0 and < Migrations.Oldest) throw Older(database.Place);
        using DbCommand note = connection.Statement("INSERT INTO schema_version (version, applied_at) VALUES (@version, @at)", "@version", "@at");
        foreach (Migration step in Migrations.All.Where(step => step.Version > version))
        {
            connection.Run(database.Schema(step.Sql));
            note.With(step.Version, Instants.Write(time.GetUtcNow())).ExecuteNonQuery();
        }

        database.Mark(connection);
        return true;
    }

    private static long Version(StoreDatabase database, DbConnection connection) =>
        database.HasTable(connection, "schema_version") ? connection.Count("SELECT max(version) FROM schema_version") : 0;

    private static StoreException Newer(string place, long version) => new(StoreProblem.Newer,
        string.Create(CultureInfo.InvariantCulture,
            $"A newer version of this product wrote the store {place} (schema {version}; this one knows {Migrations.Newest})."),
        "Use that version, or another store. This version changes nothing in it.");

    private static StoreException Older(string place) => new(StoreProblem.Older,
        $"The store {place} was written by a preview of this product that kept numbers and names in clear. It was left as it is.",
        "Finish interrupted runs with that version. Then delete the file (with its -wal and -shm), or point Store:ConnectionString elsewhere; "
        + "plans saved before must be made again.");
}
