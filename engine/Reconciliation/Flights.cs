namespace ProvisioningConnector.Engine.Reconciliation;

/// <summary>
/// Works through a stream with several items in flight, without starting tasks of its own: each flight is a plain async
/// loop on the caller's scheduler, so that the whole reconciler also runs on one thread in virtual time.
/// </summary>
internal static class Flights
{
    /// <summary>Calls <paramref name="work"/> for every item, at most <paramref name="width"/> at a time. The first exception stops the others and is thrown.</summary>
    public static async Task ForEachAsync<T>(
        IAsyncEnumerable<T> items, int width, Func<T, CancellationToken, ValueTask> work, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        using CancellationTokenSource failure = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using SemaphoreSlim turn = new(1);
        await using IAsyncEnumerator<T> next = items.GetAsyncEnumerator(failure.Token);
        Exception? first = null;
        bool ended = false;
        await Task.WhenAll(Enumerable.Range(0, width).Select(_ => FlyAsync()));
        if (first is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);

        async Task FlyAsync()
        {
            try
            {
                while (true)
                {
                    T item;
                    await turn.WaitAsync(failure.Token);
                    try
                    {
                        if (ended || !await next.MoveNextAsync())
                        {
                            ended = true;
                            return;
                        }

                        item = next.Current;
                    }
                    finally
                    {
                        turn.Release();
                    }

                    await work(item, failure.Token);
                }
            }
            catch (Exception exception)
            {
                // Whatever it is, it must stop the other flights too; it is thrown again when all have landed.
                Interlocked.CompareExchange(ref first, exception, null);
                failure.Cancel();
            }
        }
    }
}
