using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ProvisioningConnector.Sources.Sql;

/// <summary>
/// Connection strings of sources, completed: no pool (one query a run), no error details (they hold values), read-only where the
/// string can say so. What is wrong is reported without a word of the string, since any piece of it may be a password's.
/// </summary>
internal static class SqlLocation
{
    /// <summary>Completes a connection string.</summary>
    /// <param name="provider">Which kind of database.</param>
    /// <param name="text">As configured.</param>
    /// <param name="rooted">Makes a relative path absolute.</param>
    /// <param name="complete">The complete string; empty when something is wrong.</param>
    /// <param name="database">What messages call the database.</param>
    /// <param name="problem">What is wrong and what to do; null when nothing is.</param>
    public static bool TryComplete(
        SqlProvider provider, string text, Func<string, string> rooted, out string complete, out string database, [NotNullWhen(false)] out string? problem)
    {
        (complete, database) = ("", "");
        try
        {
            problem = provider switch
            {
                SqlProvider.PostgreSql => Postgres(text, out complete, out database),
                SqlProvider.Sqlite => Sqlite(text, rooted, out complete, out database),
            };
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            problem = $"It cannot be read as a connection string of {provider}. {Form(provider)}";
        }

        return problem is null;
    }

    private static string? Postgres(string text, out string complete, out string database)
    {
        (complete, database) = ("", "");
        NpgsqlConnectionStringBuilder parts = new(text);
        if (string.IsNullOrWhiteSpace(parts.Host)) return $"It names no host. {Form(SqlProvider.PostgreSql)}";
        (parts.IncludeErrorDetail, parts.PersistSecurityInfo, parts.Pooling, parts.Multiplexing, parts.Enlist) = (false, false, false, false, false);
        parts.CommandTimeout = 0;
        parts.ApplicationName ??= "provision";
        (complete, database) = (parts.ConnectionString,
            string.Create(CultureInfo.InvariantCulture, $"{parts.Host}:{parts.Port}/{parts.Database ?? parts.Username}"));
        return null;
    }

    private static string? Sqlite(string text, Func<string, string> rooted, out string complete, out string database)
    {
        (complete, database) = ("", "");
        SqliteConnectionStringBuilder parts = new(text);
        if (string.IsNullOrWhiteSpace(parts.DataSource) || parts.DataSource == ":memory:" || parts.Mode == SqliteOpenMode.Memory)
        {
            return $"It names no file. {Form(SqlProvider.Sqlite)}";
        }

        if (!string.IsNullOrEmpty(parts.Password)) return $"It holds a password, and encrypted SQLite files cannot be read. {Form(SqlProvider.Sqlite)}";
        if (!parts.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)) parts.DataSource = rooted(parts.DataSource);
        (parts.Mode, parts.Pooling) = (SqliteOpenMode.ReadOnly, false);
        (complete, database) = (parts.ConnectionString, parts.DataSource);
        return null;
    }

    private static string Form(SqlProvider provider) => provider switch
    {
        SqlProvider.PostgreSql =>
            "Write 'Host=…;Database=…;Username=…', with the password in the environment (the whole string as "
            + "PROVISION_Sources__NAME__ConnectionString) or in a passfile.",
        SqlProvider.Sqlite => "Write 'Data Source=PATH'.",
    };
}
