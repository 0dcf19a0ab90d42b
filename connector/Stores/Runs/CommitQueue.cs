using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores.Runs;

/// <summary>
/// Group commit: one task writes what many ask for, everything that is waiting in one transaction and so with one flush of
/// the disk. What need not be durable at once rides with the next commit. A commit that fails fails everybody who waits for
/// it; what only rides is kept for the next one, and the last one, at the end, tells.
/// </summary>
internal sealed class CommitQueue : IAsyncDisposable
{
    private const int MostPerCommit = 512;
    private readonly Channel<WriteRequest> channel = Channel.CreateUnbounded<WriteRequest>(new() { SingleReader = true });
    private readonly SqliteConnection connection;
    private readonly RunWrites writes;
    private readonly string place;
    private readonly Task writer;
    private volatile Exception? mistake;

    public CommitQueue(SqliteConnection connection, string place)
    {
        (this.connection, this.place) = (connection, place);
        writes = new RunWrites(connection);
        writer = Task.Run(WriteAllAsync);
    }

    /// <summary>Transactions committed so far.</summary>
    public int Commits { get; private set; }

    /// <summary>Done and durable when it returns.</summary>
    /// <exception cref="StoreException">It could not be written, or may not have been.</exception>
    public Task<T> CommitAsync<T>(Func<RunWrites, T> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (mistake is { } earlier) throw new InvalidOperationException("Something that was to be written down earlier could not be.", earlier);
        WriteRequest<T> request = new(work);
        Enqueue(request);
        return request.Done.WaitAsync(cancellation);
    }

    /// <summary>Durable with the next <see cref="CommitAsync"/> at the latest.</summary>
    public void Ride(Action<RunWrites> work) => Enqueue(new RidingRequest(work));

    /// <summary>Writes what rides.</summary>
    public Task FlushAsync(CancellationToken cancellation) => CommitAsync(static _ => true, cancellation);

    public async ValueTask DisposeAsync()
    {
        channel.Writer.TryComplete();
        try
        {
            await writer;
        }
        finally
        {
            writes.Dispose();
            connection.Dispose();
        }
    }

    private void Enqueue(WriteRequest request)
    {
        ObjectDisposedException.ThrowIf(!channel.Writer.TryWrite(request), typeof(SqliteRunStore));
    }

    private async Task WriteAllAsync()
    {
        List<WriteRequest> batch = [];
        try
        {
            while (await channel.Reader.WaitToReadAsync())
            {
                for (int fresh = 0; fresh < MostPerCommit && channel.Reader.TryRead(out WriteRequest? request); fresh++) batch.Add(request);
                if (batch.Count < MostPerCommit && batch.TrueForAll(static request => request.Rides)) continue;
                Settle(batch, Commit(batch));
            }

            if (batch.Count > 0 && Commit(batch) is { } last) throw last;
            Settle(batch, null);
        }
        catch (Exception error) when (error is not StoreException)
        {
            // A bug of the writer: whoever waits must hear of it, and nobody may wait any more.
            channel.Writer.TryComplete();
            while (channel.Reader.TryRead(out WriteRequest? request)) batch.Add(request);
            foreach (WriteRequest request in batch) request.Settle(error);
            throw;
        }

        if (mistake is not null) throw mistake;
    }

    private void Settle(List<WriteRequest> batch, StoreException? trouble)
    {
        foreach (WriteRequest request in batch)
        {
            request.Settle(trouble);
            if (request.Rides) mistake ??= request.Mistake;
        }

        batch.RemoveAll(request => trouble is null || !request.Rides);
    }

    private StoreException? Commit(List<WriteRequest> batch)
    {
        try
        {
            connection.Run("BEGIN IMMEDIATE");
            foreach (WriteRequest request in batch) request.Do(writes);
            connection.Run("COMMIT");
            Commits++;
            return null;
        }
        catch (SqliteException error)
        {
            StoreException trouble = SqliteTroubles.Of(error, place);
            try
            {
                connection.Abandon();
            }
            catch (SqliteException second)
            {
                return new StoreException(trouble.Trouble, trouble.Message, trouble.Advice, new AggregateException(error, second));
            }

            return trouble;
        }
    }
}
