using System.Runtime.ExceptionServices;

namespace ProvisioningConnector.Engine.Concurrency;

/// <summary>
/// Works through a stream with several items in flight, without starting tasks of its own: each flight is a plain async
/// loop on the caller's scheduler, so that the whole reconciler also runs on one thread in virtual time.
/// </summary>
internal static class BoundedConcurrency
{
    /// <summary>Calls <paramref name="work"/> for every item, at most <paramref name="width"/>
    /// at a time. The first exception stops the others and is thrown.</summary>
    public static Task ForEachAsync<T>(
        IAsyncEnumerable<T> items, int width, Func<T, CancellationToken, ValueTask> work, CancellationToken cancellation) =>
        ForEachAsync(items, width, static _ => true, (item, _, c) => work(item, c), cancellation);

    /// <summary>
    /// As above, with a first part of the work for which room is scarcer: an item is only taken from the stream when
    /// <paramref name="mayBegin"/> lets it, and its work calls the action it is given when that part is over (at the latest at its end).
    /// </summary>
    /// <param name="items">What to work on.</param>
    /// <param name="width">Most items in flight.</param>
    /// <param name="mayBegin">Whether another may begin when so many are in their first part; must say yes when none is.</param>
    /// <param name="work">The work; the action may be called several times.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task ForEachAsync<T>(
        IAsyncEnumerable<T> items, int width, Func<int, bool> mayBegin, Func<T, Action, CancellationToken, ValueTask> work, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        using CancellationTokenSource failure = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        AsyncTurnstile turn = AsyncTurnstile.ForOne();
        await using IAsyncEnumerator<T> next = items.GetAsyncEnumerator(failure.Token);
        AsyncTurnstile turnstile = new(mayBegin);
        Exception? first = null;
        bool ended = false;
        await Task.WhenAll(Enumerable.Range(0, width).Select(_ => FlyAsync()));
        if (first is not null) ExceptionDispatchInfo.Throw(first);

        async Task FlyAsync()
        {
            try
            {
                while (await OneAsync())
                {
                }
            }
            catch (Exception exception)
            {
                // Whatever it is, it must stop the other flights too; it is thrown again when all have landed.
                Interlocked.CompareExchange(ref first, exception, null);
                failure.Cancel();
            }
        }

        async Task<bool> OneAsync()
        {
            await turnstile.EnterAsync(failure.Token);
            int left = 0;
            try
            {
                T item;
                await turn.EnterAsync(failure.Token);
                try
                {
                    if (ended || !await next.MoveNextAsync())
                    {
                        ended = true;
                        return false;
                    }

                    item = next.Current;
                }
                finally
                {
                    turn.Leave();
                }

                await work(item, Leave, failure.Token);
                return true;
            }
            finally
            {
                Leave();
            }

            void Leave()
            {
                if (Interlocked.Exchange(ref left, 1) == 0) turnstile.Leave();
            }
        }
    }
}
