using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Stores.Sqlite;

/// <summary>Where a store's file is, from a connection string (<c>Data Source=provision.db</c>) or a bare path.</summary>
/// <param name="Path">Full path of the database file.</param>
/// <param name="ReadOnly">The connection string asks for it, which a store cannot do.</param>
internal sealed record SqliteLocation(string Path, bool ReadOnly)
{
    /// <exception cref="StoreException">It names no file.</exception>
    public static SqliteLocation Parse(string text)
    {
        SqliteConnectionStringBuilder? parts = TryParse(text);
        string file = parts?.DataSource ?? text;
        if (string.IsNullOrWhiteSpace(file) || file == ":memory:" || parts?.Mode == SqliteOpenMode.Memory
            || file.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            throw new StoreException(StoreProblem.Unavailable, "The store's connection string names no file.",
                "Write Store:ConnectionString as 'Data Source=PATH'; the store must outlive the process, so it cannot be in memory or a URI.");
        }

        if (!string.IsNullOrEmpty(parts?.Password))
        {
            throw new StoreException(StoreProblem.Unavailable, "The store's connection string holds a password, which SQLite here does not know.",
                "Remove 'Password=' from Store:ConnectionString.");
        }

        return new SqliteLocation(System.IO.Path.GetFullPath(file), parts?.Mode == SqliteOpenMode.ReadOnly);
    }

    /// <summary>Null when the text is no connection string, and so a path (which may well hold '=').</summary>
    private static SqliteConnectionStringBuilder? TryParse(string text)
    {
        if (!text.Contains('=', StringComparison.Ordinal) || File.Exists(text)) return null;
        try
        {
            return new SqliteConnectionStringBuilder(text);
        }
        catch (ArgumentException) when (!text.Contains("Data Source", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        catch (ArgumentException error)
        {
            throw new StoreException(StoreProblem.Unavailable, $"The store's connection string cannot be read: {error.Message}",
                "Write Store:ConnectionString as 'Data Source=PATH'.", error);
        }
    }
}
