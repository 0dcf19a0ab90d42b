using System.Globalization;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores.Runs;

/// <summary>Brings a store's schema to the newest version: all steps or none, also when two processes start at once.</summary>
internal static class SchemaSteps
{
    /// <exception cref="StoreException">A newer version wrote the store.</exception>
    public static void Run(SqliteConnection connection, string path, TimeProvider time)
    {
        if (Version(connection) == Migrations.Newest) return;
        connection.Run("BEGIN IMMEDIATE");
        bool done = false;
        try
        {
            connection.Run(Migrations.Ledger);
            long version = connection.Number("SELECT max(version) FROM schema_version");
            if (version > Migrations.Newest) throw Newer(path, version);
            using SqliteCommand note = connection.Prepare("INSERT INTO schema_version (version, applied_at) VALUES ($version, $at)", "$version", "$at");
            foreach (Migration step in Migrations.All.Where(step => step.Version > version))
            {
                connection.Run(step.Sql);
                note.With(step.Version, Instants.Write(time.GetUtcNow())).ExecuteNonQuery();
            }

            connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {Migrations.ApplicationId}"));
            connection.Run("COMMIT");
            done = true;
        }
        finally
        {
            if (!done) connection.Abandon();
        }
    }

    private static long Version(SqliteConnection connection) =>
        connection.Number("SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'") == 0
            ? 0
            : connection.Number("SELECT max(version) FROM schema_version");

    private static StoreException Newer(string path, long version) => new(StoreTrouble.Newer,
        string.Create(CultureInfo.InvariantCulture, $"A newer version of this product wrote the store {path} (schema {version}; this one knows {Migrations.Newest})."),
        "Use that version, or another store. This version changes nothing in it.");
}
