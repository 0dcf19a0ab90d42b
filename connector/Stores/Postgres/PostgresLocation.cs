using System.Globalization;
using Npgsql;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Stores.Postgres;

/// <summary>Which database a store lies in, from a connection string (<c>Host=db;Database=provision;Username=…</c>).</summary>
/// <param name="ConnectionString">Complete, perhaps with a password: never shown.</param>
/// <param name="Place">Host, port, database and schema, for messages.</param>
/// <param name="Schema">The schema of the store's tables.</param>
internal sealed record PostgresLocation(string ConnectionString, string Place, string Schema)
{
    public const string StandardSchema = "provision";

    private const int StatementsKept = 40;

    /// <exception cref="StoreException">It is no connection string of PostgreSQL, or names no host.</exception>
    public static PostgresLocation Parse(string text)
    {
        NpgsqlConnectionStringBuilder parts;
        try
        {
            parts = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // The text may hold a password, and so may the message: neither is shown.
            throw Wrong("The store's connection string cannot be read as one of PostgreSQL.");
        }

        if (string.IsNullOrWhiteSpace(parts.Host)) throw Wrong("The store's connection string names no host.");
        if (string.IsNullOrWhiteSpace(parts.SearchPath)) parts.SearchPath = StandardSchema;
        if (parts.SearchPath.Contains(',', StringComparison.Ordinal) || parts.SearchPath.Contains('"', StringComparison.Ordinal))
        {
            throw Wrong("The store's connection string has a Search Path that is not the name of one schema.");
        }

        parts.IncludeErrorDetail = false;
        parts.PersistSecurityInfo = false;
        parts.MaxAutoPrepare = Math.Max(parts.MaxAutoPrepare, StatementsKept);
        parts.ApplicationName ??= "provision";
        string place = string.Create(CultureInfo.InvariantCulture, $"{parts.Host}:{parts.Port}/{parts.Database ?? parts.Username}, schema {parts.SearchPath}");
        return new PostgresLocation(parts.ConnectionString, place, parts.SearchPath);
    }

    private static StoreException Wrong(string what) => new(StoreProblem.Unavailable, what,
        "Write Store:ConnectionString as 'Host=…;Database=…;Username=…', with the password in the environment "
        + "(PROVISION_Store__ConnectionString) or in a passfile.");
}
