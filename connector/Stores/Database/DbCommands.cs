using System.Data.Common;

namespace ProvisioningConnector.Stores.Database;

/// <summary>Short ways to say what a statement does, in any of the databases. Parameters are named <c>@name</c>.</summary>
internal static class DbCommands
{
    public static int Run(this DbConnection connection, string sql)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>A statement to be run many times; its parameters are set by <see cref="With"/> in the order of the names.</summary>
    public static DbCommand Statement(this DbConnection connection, string sql, params ReadOnlySpan<string> names)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (string name in names)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public static T With<T>(this T command, params ReadOnlySpan<object?> values)
        where T : DbCommand
    {
        for (int i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    /// <summary>Zero when there is none.</summary>
    public static long Count(this DbConnection connection, string sql)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long number ? number : 0;
    }

    public static byte[]? Bytes(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);
}
