using Microsoft.Data.Sqlite;

namespace ProvisioningConnector.Stores.Sqlite;

/// <summary>A few open connections that wait for the next short read. Opening one reads the schema again, which costs more than the read.</summary>
internal sealed class IdleConnections : IDisposable
{
    private const int Most = 4;

    private readonly Lock _lock = new();
    private readonly Stack<SqliteConnection> _idle = new();
    private bool _isDisposed;

    /// <summary>An open connection; null when none is idle.</summary>
    public SqliteConnection? Take()
    {
        lock (_lock) return _idle.TryPop(out SqliteConnection? connection) ? connection : null;
    }

    /// <summary>Keeps a connection that is in no transaction, or closes it when there are enough.</summary>
    public void Keep(SqliteConnection connection)
    {
        lock (_lock)
        {
            if (!_isDisposed && _idle.Count < Most)
            {
                _idle.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            while (_idle.TryPop(out SqliteConnection? connection)) connection.Dispose();
        }
    }
}
