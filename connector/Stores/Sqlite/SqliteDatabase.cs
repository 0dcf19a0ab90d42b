using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Sqlite;

/// <summary>A run store's database as one file: WAL, mode 600, one writer at a time over all processes.</summary>
internal sealed class SqliteDatabase(string path, RunStoreOptions options) : StoreDatabase
{
    /// <summary>Marks a SQLite file as a store of this product: "PROV".</summary>
    public const int ApplicationId = 0x50524F56;

    private const int PagesPerStep = 2_000;

    private readonly IdleConnections _readers = new();

    public override string Place => path;

    public override DbConnection OpenFirst(TimeProvider time)
    {
        SqliteLibrary.Load();
        if (!options.Create && !File.Exists(path))
        {
            throw new StoreException(StoreProblem.Missing, $"There is no store at {path}.",
                "The first 'apply' makes one. If there were runs before, check Store:ConnectionString or restore the file.");
        }

        try
        {
            PrivateFiles files = new(options.Access);
            files.MakeDirectoryOf(path);
            files.Ensure(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw PrivateFiles.Problem(error, path);
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

    public override ValueTask<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<DbConnection>(Open());
    }

    /// <summary>Outside a transaction every statement sees what other processes committed before, so that a kept connection reads nothing stale.</summary>
    public override ValueTask<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        SqliteConnection connection = _readers.Take() ?? Open();
        try
        {
            T result = Guard(() => read(connection));
            _readers.Keep(connection);
            return ValueTask.FromResult(result);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Every commit is durable when it returns (<c>synchronous = FULL</c>); what is deleted is overwritten (<c>secure_delete</c>).</summary>
    private SqliteConnection Open() => Guard(() =>
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
            connection.Run("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;");
            if (options.MaxPages is { } pages) connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"));
            return connection;
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    });

    /// <summary>SQLite has one writer, so that every transaction that writes is alone.</summary>
    public override void Begin(DbConnection connection) => BeginAlone(connection);

    public override void BeginAlone(DbConnection connection) => connection.Run("PRAGMA synchronous = FULL; BEGIN IMMEDIATE");

    /// <summary>In WAL mode a commit under NORMAL flushes nothing, and the next one under FULL flushes all before it too.</summary>
    public override void BeginSoftly(DbConnection connection) => connection.Run("PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE");

    /// <summary>Who writes is alone.</summary>
    public override string Unchanged => "";

    public override void Claim(DbConnection connection, string table)
    {
        // There is one writer at a time anyway.
    }

    public override void Abandon(DbConnection connection) => ((SqliteConnection)connection).Abandon();

    public override bool HasTable(DbConnection connection, string name)
    {
        using DbCommand command = connection.Statement("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @name", "@name").With(name);
        return command.ExecuteScalar() is > 0L;
    }

    public override string Schema(string sql) => sql;

    public override void Mark(DbConnection connection) =>
        connection.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));

    public override void AddUsers(DbConnection connection, string runId, ImmutableArray<UserColumns> users)
    {
        using DbCommand add = connection.Statement(
            "INSERT INTO run_users (run, ordinal, uid, situation, body) VALUES ((SELECT no FROM runs WHERE run_id = @run), @ordinal, @uid, @situation, @body)",
            "@run", "@ordinal", "@uid", "@situation", "@body");
        using DbCommand name = connection.Statement(
            "INSERT INTO user_names (name, run, ordinal) VALUES (@name, (SELECT no FROM runs WHERE run_id = @run), @ordinal)", "@name", "@run", "@ordinal");
        foreach (UserColumns user in users)
        {
            add.With(runId, user.Ordinal, user.Uid, user.Situation, user.Body).ExecuteNonQuery();
            foreach (byte[] digest in user.Names) name.With(digest, runId, user.Ordinal).ExecuteNonQuery();
        }
    }

    public override void Shrink(DbConnection connection, CancellationToken cancellation)
    {
        long before = long.MaxValue;
        for (long free = connection.Count("PRAGMA freelist_count"); free > 0 && free < before; free = connection.Count("PRAGMA freelist_count"))
        {
            cancellation.ThrowIfCancellationRequested();
            before = free;
            using DbCommand step = connection.Statement(string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({PagesPerStep})"));
            using DbDataReader freed = step.ExecuteReader();
            while (freed.Read())
            {
                // One row for every page; the statement frees them while it is read.
            }
        }

        connection.Run("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public override bool IsContradiction(DbException error) => error is SqliteException { SqliteErrorCode: 19 };

    public override bool IsPassing(DbException error, bool committing) => false;

    public override StoreException Problem(DbException error) => error is SqliteException known
        ? SqliteErrors.Map(known, path)
        : new StoreException(StoreProblem.Unavailable, $"The store {path} failed: {error.Message}", "Check the disk and the file.", error);

    public override ValueTask DisposeAsync()
    {
        _readers.Dispose();
        return ValueTask.CompletedTask;
    }

    public StoreException ReadOnly() => new(StoreProblem.ReadOnly, $"The store {path} cannot be written.",
        "Give this account the right to write the file and its directory, without 'Mode=ReadOnly', or point Store:ConnectionString elsewhere.");

    private bool Prepare(SqliteConnection connection, TimeProvider time)
    {
        if (SQLitePCL.raw.sqlite3_db_readonly(connection.Handle, "main") == 1) throw ReadOnly();
        long tables = connection.Count("SELECT count(*) FROM sqlite_master");
        if (tables > 0 && connection.Count("PRAGMA application_id") != ApplicationId)
        {
            throw new StoreException(StoreProblem.Foreign, $"The database {path} belongs to another program.",
                "Point Store:ConnectionString at a file of its own.");
        }

        if (tables == 0 && !options.Create)
        {
            throw new StoreException(StoreProblem.Missing, $"The store {path} is empty.", "Check Store:ConnectionString, or restore the file.");
        }

        // Only before the first table can a file be set to give room back in steps.
        if (tables == 0) connection.Run("PRAGMA auto_vacuum = INCREMENTAL");
        connection.Run("PRAGMA journal_mode = WAL");
        SchemaSteps.Run(this, connection, time);
        return true;
    }
}
