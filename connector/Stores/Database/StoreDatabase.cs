using System.Collections.Immutable;
using System.Data.Common;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Stores.Database;

/// <summary>What differs between the databases that a run store can lie in. Everything else is one text of SQL for all.</summary>
internal abstract class StoreDatabase : IAsyncDisposable
{
    /// <summary>Where it is, for messages; never with a password.</summary>
    public abstract string Place { get; }

    /// <summary>Opens the connection of the one writer, checks whose database it is, and brings its schema up to date.</summary>
    /// <exception cref="StoreException">It cannot be used.</exception>
    public abstract DbConnection OpenFirst(TimeProvider time);

    /// <summary>A connection to read.</summary>
    /// <exception cref="StoreException">It cannot be reached.</exception>
    public abstract ValueTask<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>One short read. Where opening a connection costs more than the read (SQLite), the connection is kept for the next one.</summary>
    /// <exception cref="StoreException">It cannot be reached or read.</exception>
    public virtual async ValueTask<T> ReadAsync<T>(Func<DbConnection, T> read, CancellationToken cancellation)
    {
        await using DbConnection connection = await OpenAsync(cancellation);
        return Guard(() => read(connection));
    }

    /// <summary>Begins to write. What is then committed is durable. Keys stay as they are until the end of the transaction.</summary>
    public abstract void Begin(DbConnection connection);

    /// <summary>The same, but what is then committed is only seen by everybody at once; it is durable with the next commit that is.</summary>
    public abstract void BeginSoftly(DbConnection connection);

    /// <summary>What a <c>SELECT</c> ends with whose rows must stay as they are until the end of the transaction.</summary>
    public abstract string Unchanged { get; }

    /// <summary>The same as <see cref="Begin"/>, alone: no one else writes or changes keys or schema before the end of the transaction.</summary>
    public abstract void BeginAlone(DbConnection connection);

    /// <summary>From here to the end of the transaction no one else writes to a table, and what others committed before is seen.</summary>
    public abstract void Claim(DbConnection connection, string table);

    /// <summary>Rolls back what was begun, whatever became of it.</summary>
    public abstract void Abandon(DbConnection connection);

    public abstract bool HasTable(DbConnection connection, string name);

    /// <summary>Statements of the schema, which are written with SQLite's types (INTEGER, TEXT, BLOB), in this database's words.</summary>
    public abstract string Schema(string sql);

    /// <summary>Marks the database as a store of this product; inside the transaction that makes its schema.</summary>
    public abstract void Mark(DbConnection connection);

    public abstract void AddUsers(DbConnection connection, string runId, ImmutableArray<UserColumns> users);

    /// <summary>Gives room back, in steps, so that no one waits long.</summary>
    public abstract void Shrink(DbConnection connection, CancellationToken cancellation);

    /// <summary>Whether what was to be written contradicts what is there: a mistake of the one who asked, not of the database.</summary>
    public abstract bool IsContradiction(DbException error);

    /// <summary>Whether nothing of the transaction was done and it may succeed when it is tried again at once.</summary>
    /// <param name="error">How it failed.</param>
    /// <param name="committing">Whether the commit was on its way, so that a lost connection leaves open what became of it.</param>
    public abstract bool IsPassing(DbException error, bool committing);

    public abstract StoreException Problem(DbException error);

    public abstract ValueTask DisposeAsync();

    /// <summary>Does something with the database and shows its problems in plain words.</summary>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (DbException error)
        {
            throw Problem(error);
        }
    }

    /// <summary>Commits what <paramref name="work"/> does, alone, or nothing of it.</summary>
    public T Alone<T>(DbConnection connection, Func<T> work)
    {
        bool done = false;
        BeginAlone(connection);
        try
        {
            T result = work();
            connection.Run("COMMIT");
            done = true;
            return result;
        }
        finally
        {
            if (!done) Abandon(connection);
        }
    }
}
