using System.Data.Common;
using System.Threading.Channels;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.Commits;

/// <summary>
/// Group commit: one task writes what many ask for, everything that is waiting in one transaction and so with one flush of
/// the disk. What need not be durable at once rides with the next commit. A commit that fails fails everybody who waits for
/// it; what only rides is kept for the next one, and the last one, at the end, shows.
/// </summary>
internal sealed class CommitQueue : IAsyncDisposable
{
    private const int MostPerCommit = 512;
    private const int MostTries = 4;
    private readonly Channel<WriteRequest> _channel = Channel.CreateUnbounded<WriteRequest>(new() { SingleReader = true });
    private readonly StoreDatabase _database;
    private readonly DbConnection _connection;
    private readonly ValueEncryption _vault;
    private readonly RunWrites _writes;
    private readonly Task _writer;
    private volatile Exception? _mistake;

    public CommitQueue(StoreDatabase database, DbConnection connection, ValueEncryption vault)
    {
        (_database, _connection, _vault) = (database, connection, vault);
        _writes = new RunWrites(database, connection, vault);
        _writer = Task.Run(WriteAllAsync);
    }

    /// <summary>Transactions committed so far.</summary>
    public int Commits { get; private set; }

    /// <summary>Those that flushed the disk.</summary>
    public int Flushes { get; private set; }

    /// <summary>Done and durable when it returns.</summary>
    /// <exception cref="StoreException">It could not be written, or may not have been.</exception>
    public Task<T> CommitAsync<T>(Func<RunWrites, T> work, CancellationToken cancellation) => CommitAsync(work, soft: false, cancellation);

    /// <summary>Done when it returns and seen by every process; durable with the next
    /// <see cref="CommitAsync{T}(Func{RunWrites, T}, CancellationToken)"/>. Costs no flush of its own.</summary>
    /// <exception cref="StoreException">It could not be written, or may not have been.</exception>
    public Task<T> CommitSoftlyAsync<T>(Func<RunWrites, T> work, CancellationToken cancellation) => CommitAsync(work, soft: true, cancellation);

    private Task<T> CommitAsync<T>(Func<RunWrites, T> work, bool soft, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_mistake is { } earlier) throw new InvalidOperationException("An earlier write to the store failed.", earlier);
        WriteRequest<T> request = new(work, soft);
        Enqueue(request);
        return request.Done.WaitAsync(cancellation);
    }

    /// <summary>Durable with the next <see cref="CommitAsync{T}(Func{RunWrites, T}, CancellationToken)"/> at the latest.</summary>
    public void Ride(Action<RunWrites> work) => Enqueue(new RidingRequest(work));

    /// <summary>Writes what rides.</summary>
    public Task FlushAsync(CancellationToken cancellation) => CommitAsync(static _ => true, cancellation);

    public async ValueTask DisposeAsync()
    {
        _channel.Writer.TryComplete();
        try
        {
            await _writer;
        }
        finally
        {
            _writes.Dispose();
            _connection.Dispose();
        }
    }

    private void Enqueue(WriteRequest request)
    {
        ObjectDisposedException.ThrowIf(!_channel.Writer.TryWrite(request), this);
    }

    private async Task WriteAllAsync()
    {
        List<WriteRequest> batch = [];
        try
        {
            while (await _channel.Reader.WaitToReadAsync())
            {
                for (int fresh = 0; fresh < MostPerCommit && _channel.Reader.TryRead(out WriteRequest? request); fresh++) batch.Add(request);
                if (batch.Count < MostPerCommit && batch.TrueForAll(static request => request.Rides)) continue;
                Settle(batch, Commit(batch));
            }

            if (batch.Count > 0 && Commit(batch) is { } last) throw last;
            Settle(batch, null);
        }
        catch (Exception error) when (error is not StoreException)
        {
            // A bug of the writer: anyone who waits must learn of it, and no one may wait any more.
            _channel.Writer.TryComplete();
            while (_channel.Reader.TryRead(out WriteRequest? request)) batch.Add(request);
            foreach (WriteRequest request in batch) request.Settle(error);
            throw;
        }

        if (_mistake is not null) throw _mistake;
    }

    private void Settle(List<WriteRequest> batch, StoreException? problem)
    {
        foreach (WriteRequest request in batch)
        {
            request.Settle(problem);
            if (request.Rides) _mistake ??= request.Mistake;
        }

        batch.RemoveAll(request => problem is null || !request.Rides);
    }

    /// <summary>Commits all valid requests. An invalid one is left out and the others are begun again without it.</summary>
    private StoreException? Commit(List<WriteRequest> batch)
    {
        bool soft = batch.TrueForAll(static request => request.IsSoft);
        for (int attempt = 1; ; attempt++)
        {
            WriteRequest? current = null;
            bool committing = false;
            try
            {
                if (soft) _database.BeginSoftly(_connection);
                else _database.Begin(_connection);
                _vault.Refresh(_connection);
                foreach (WriteRequest request in batch)
                {
                    current = request;
                    if (request.Mistake is null) request.Do(_writes);
                }

                (current, committing) = (null, true);
                _connection.Run("COMMIT");
                Commits++;
                if (!soft) Flushes++;
                return null;
            }
            catch (DbException error)
            {
                if (TryAbandon(_database.Problem(error)) is { } second) return second;
                if (current is not null && _database.IsContradiction(error)) current.Contradicts(error);
                else if (attempt >= MostTries || !_database.IsPassing(error, committing)) return _database.Problem(error);
            }
            catch (StoreException problem)
            {
                return TryAbandon(problem) ?? problem;
            }
        }
    }

    private StoreException? TryAbandon(StoreException problem)
    {
        try
        {
            _database.Abandon(_connection);
            return null;
        }
        catch (DbException second)
        {
            return new StoreException(problem.Problem, problem.Message, problem.Advice, new AggregateException(problem, second));
        }
    }
}
