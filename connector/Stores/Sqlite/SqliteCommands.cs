using Microsoft.Data.Sqlite;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Sqlite;

/// <summary>What SQLite does in its own way; the rest is in <see cref="DbCommands"/>.</summary>
internal static class SqliteCommands
{
    /// <summary>A statement to be run many times; its parameters are set by <see cref="DbCommands.With"/> in the order of the names.</summary>
    public static SqliteCommand Prepare(this SqliteConnection connection, string sql, params ReadOnlySpan<string> names)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (string name in names) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    /// <summary>Rolls back, unless SQLite already did so itself (as on a full disk).</summary>
    public static void Abandon(this SqliteConnection connection)
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0) connection.Run("ROLLBACK");
    }
}
