using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ProvisioningConnector.Sources.Sql;

/// <summary>
/// One query under way: connection, read-only transaction and a cursor that holds one row. PostgreSQL sends rows as they are
/// taken; nothing is collected on this side. Closing ends the query on the server too, also before its end.
/// </summary>
internal sealed class SqlSession : IDisposable
{
    private readonly DbConnection _connection;
    private DbCommand? _command;
    private DbDataReader? _rows;
    private bool _ended;

    private SqlSession(DbConnection connection) => _connection = connection;

    /// <summary>The cursor.</summary>
    public DbDataReader Rows => _rows ?? throw new InvalidOperationException("The query was not yet asked.");

    /// <summary>Connects and asks.</summary>
    /// <exception cref="DbException">The database refuses.</exception>
    public static async Task<SqlSession> OpenAsync(SqlQuery query, CancellationToken cancellation)
    {
        SqlSession session = new(ConnectionOf(query));
        try
        {
            await session.AskAsync(query, cancellation);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Goes to the next row; false at the end of the rows.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        using CancellationTokenRegistration interruption = Interruption(cancellation);
        return await Rows.ReadAsync(cancellation);
    }

    /// <summary>After the rows: whether the query has another result, which a source cannot have.</summary>
    public async ValueTask<bool> HasAnotherResultAsync(CancellationToken cancellation)
    {
        bool another = await Rows.NextResultAsync(cancellation);
        _ended = !another;
        return another;
    }

    public void Dispose()
    {
        try
        {
            // Without this PostgreSQL's client would first take in all rows that are left.
            if (!_ended) _command?.Cancel();
            _rows?.Dispose();
            _command?.Dispose();
        }
        catch (DbException)
        {
            // What the server says to a query that no one wants any more; the connection ends here anyway.
        }
        finally
        {
            _connection.Dispose();
        }
    }

    private async Task AskAsync(SqlQuery query, CancellationToken cancellation)
    {
        await _connection.OpenAsync(cancellation);
        await RunAsync(query.Provider switch
        {
            SqlProvider.PostgreSql => "BEGIN TRANSACTION READ ONLY",
            // To look at its tables once shows whether it is a database at all.
            SqlProvider.Sqlite => "PRAGMA query_only = ON; SELECT count(*) FROM sqlite_master",
        }, cancellation);
        _command = _connection.CreateCommand();
        _command.CommandText = query.Text;
        using CancellationTokenRegistration interruption = Interruption(cancellation);
        _rows = await _command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
    }

    private async Task RunAsync(string statement, CancellationToken cancellation)
    {
        await using DbCommand command = _connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // SQLite works on the thread that asks and receives of cancellation only so.
    private CancellationTokenRegistration Interruption(CancellationToken cancellation) => _connection is SqliteConnection { Handle: { } handle }
        ? cancellation.Register(static state => SQLitePCL.raw.sqlite3_interrupt((SQLitePCL.sqlite3)(state
        ?? throw new InvalidOperationException("No handle."))), handle)
        : default;

    private static DbConnection ConnectionOf(SqlQuery query)
    {
        switch (query.Provider)
        {
            case SqlProvider.PostgreSql:
                return new NpgsqlConnection(query.ConnectionString);
            case SqlProvider.Sqlite:
                SQLitePCL.Batteries_V2.Init();
                return new SqliteConnection(query.ConnectionString);
        }

        throw new InvalidOperationException($"An unknown provider: {query.Provider}.");
    }
}
