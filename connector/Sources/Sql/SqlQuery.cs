namespace ProvisioningConnector.Sources.Sql;

/// <summary>What a source of kind Sql asks, and whom.</summary>
/// <param name="Provider">Which kind of database.</param>
/// <param name="ConnectionString">Complete and checked, perhaps with a password: never shown.</param>
/// <param name="Database">Host and database, or the file, for messages.</param>
/// <param name="Text">The one statement whose rows are the source.</param>
/// <param name="Patience">How long the database may take until the first rows and between rows; zero: as long as it likes.</param>
internal sealed record SqlQuery(SqlProvider Provider, string ConnectionString, string Database, string Text, TimeSpan Patience)
{
    /// <summary>Neither connection string nor query.</summary>
    public override string ToString() => $"{Provider} {Database}";
}

/// <summary>The databases that a source can be queried from (docs/configuration.md#sources).</summary>
public enum SqlProvider
{
    /// <summary>A PostgreSQL server.</summary>
    PostgreSql,

    /// <summary>A SQLite file.</summary>
    Sqlite,
}
