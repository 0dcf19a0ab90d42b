using Microsoft.Data.Sqlite;
using ProvisioningConnector.Stores.Database;
using SQLitePCL;

namespace ProvisioningConnector.Stores.Spool;

/// <summary>One piece of work on the spool at a time, many writes in one transaction.</summary>
internal sealed class SpoolWork(SqliteConnection connection) : IDisposable
{
    /// <summary>Writes in one transaction: many, because each end of one writes all changed pages out.</summary>
    private const int WritesPerTransaction = 5_000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _writes;

    /// <summary>Does something that may take long; cancellation interrupts it.</summary>
    public async ValueTask<T> DoAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            using CancellationTokenRegistration interruption = cancellation.UnsafeRegister(static state =>
            {
                if (state is SqliteConnection { Handle: { } handle }) raw.sqlite3_interrupt(handle);
            }, connection);
            return work();
        }
        catch (SqliteException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (SqliteException error)
        {
            throw SpoolFile.Problem(error);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Does one of many small writes.</summary>
    public async ValueTask WriteAsync<T>(Action<T> work, T state, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_writes++ == 0) connection.Run("BEGIN");
            work(state);
            if (_writes >= WritesPerTransaction) Commit();
        }
        catch (SqliteException error)
        {
            throw SpoolFile.Problem(error);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the transaction of small writes, when there is one. Only inside work.</summary>
    public void Commit()
    {
        if (_writes == 0) return;
        _writes = 0;
        connection.Run("COMMIT");
    }

    public void Dispose() => _turn.Dispose();
}
