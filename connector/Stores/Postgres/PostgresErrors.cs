using System.Data.Common;
using Npgsql;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Stores.Postgres;

/// <summary>The one table of what PostgreSQL's error codes mean for a person. Its own text is quoted without details, which could hold values.</summary>
internal static class PostgresErrors
{
    public static StoreException Map(DbException error, string place) => error switch
    {
        PostgresException reported => Map(reported, place),
        { InnerException: TimeoutException } => new(StoreProblem.Unavailable, $"The store {place} does not answer in time.",
            "Check the database server and the network. Nothing is written to a tenant while the store cannot be written.", error),
        _ => new(StoreProblem.Unavailable, $"The store {place} cannot be reached: {error.Message}",
            "Check host, port and the database server. Nothing is written to a tenant while the store is down; 'resume' continues afterwards.", error),
    };

    private static StoreException Map(PostgresException error, string place) => error.SqlState switch
    {
        "55P03" or "40P01" or "40001" => new(StoreProblem.Locked, $"The store {place} is locked by another process.",
            "Wait until the other run has ended, or find out which session holds the lock (pg_locks), and try again.", error),
        "25006" => new(StoreProblem.ReadOnly, $"The store {place} cannot be written: the server is a standby or read-only.",
            "Point Store:ConnectionString at the primary server.", error),
        "42501" => new(StoreProblem.ReadOnly, $"The account may not use the store {place}: {error.MessageText}",
            "Make the account owner of the schema, or let it CREATE in the database once: GRANT CREATE ON DATABASE … TO ….", error),
        "53100" => new(StoreProblem.Full, $"No disk space is left for the store {place}.",
            "Free space on the server's disk and continue with 'resume'; everything recorded before is safe.", error),
        "XX001" or "XX002" => new(StoreProblem.Damaged, $"The store {place} is damaged: {error.MessageText}",
            "Stop, and restore the database from its last backup.", error),
        "3D000" => new(StoreProblem.Missing, $"There is no database {place}.",
            "Create it (createdb), or correct Database in Store:ConnectionString.", error),
        "28000" or "28P01" => new(StoreProblem.Unavailable, $"The server of the store {place} refuses the account: {error.MessageText}",
            "Check Username and Password in Store:ConnectionString, and the server's pg_hba.conf.", error),
        "53300" => new(StoreProblem.Unavailable, $"The server of the store {place} has no free connections.",
            "Raise max_connections or close other programs' connections, and try again.", error),
        _ => new(StoreProblem.Unavailable, $"The store {place} failed: {error.MessageText} ({error.SqlState})",
            "Check the database server. Nothing is written to a tenant while the store cannot be written.", error),
    };
}
