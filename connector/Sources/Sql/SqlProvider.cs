namespace ProvisioningConnector.Sources.Sql;

/// <summary>The databases that a source can be queried from (design 9).</summary>
public enum SqlProvider
{
    /// <summary>A PostgreSQL server.</summary>
    PostgreSql,

    /// <summary>A SQLite file.</summary>
    Sqlite,
}
