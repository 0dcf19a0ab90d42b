using System.Globalization;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores.Runs;

/// <summary>The database file of a run store: opens it, checks whose it is and brings its schema up to date.</summary>
internal sealed class RunDatabase(string path, RunStoreOptions options)
{
    public string Path => path;

    /// <exception cref="StoreException">It cannot be used.</exception>
    public SqliteConnection OpenFirst(TimeProvider time)
    {
        SqliteLibrary.Load();
        if (!options.Create && !File.Exists(path))
        {
            throw new StoreException(StoreTrouble.Missing, $"There is no store at {path}.",
                "The first 'apply' makes one. If there were runs before, check Store:ConnectionString or restore the file.");
        }

        try
        {
            PrivateFiles.MakeDirectoryOf(path);
            PrivateFiles.Ensure(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw PrivateFiles.Trouble(error, path);
        }

        SqliteConnection connection = Open();
        try
        {
            Guard(() => Prepare(connection, time));
            return connection;
        }
        catch (StoreException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection to read, or to write; every commit is durable when it returns (<c>synchronous = FULL</c>).</summary>
    public SqliteConnection Open() => Guard(() =>
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)options.LockTimeout.TotalSeconds),
        }.ToString());
        try
        {
            connection.Open();
            connection.Run("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;");
            if (options.MaxPages is { } pages) connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"));
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    });

    /// <summary>Does something with the database and tells its troubles in plain words.</summary>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error)
        {
            throw SqliteTroubles.Of(error, path);
        }
    }

    private bool Prepare(SqliteConnection connection, TimeProvider time)
    {
        if (SQLitePCL.raw.sqlite3_db_readonly(connection.Handle, "main") == 1) throw ReadOnly();
        long tables = connection.Number("SELECT count(*) FROM sqlite_master");
        if (tables > 0 && connection.Number("PRAGMA application_id") != Migrations.ApplicationId)
        {
            throw new StoreException(StoreTrouble.Foreign, $"The database {path} belongs to another program.",
                "Point Store:ConnectionString at a file of its own.");
        }

        if (tables == 0 && !options.Create)
        {
            throw new StoreException(StoreTrouble.Missing, $"The store {path} is empty.", "Check Store:ConnectionString, or restore the file.");
        }

        connection.Run("PRAGMA journal_mode = WAL");
        SchemaSteps.Run(connection, path, time);
        return true;
    }

    public StoreException ReadOnly() => new(StoreTrouble.ReadOnly, $"The store {path} cannot be written.",
        "Give this account the right to write the file and its directory, without 'Mode=ReadOnly', or point Store:ConnectionString elsewhere.");
}
