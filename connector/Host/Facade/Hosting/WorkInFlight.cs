namespace ProvisioningConnector.Host.Facade.Hosting;

/// <summary>
/// Work that goes on after its request was answered (a slow write, a reconciliation). Stopping waits for it, up to a limit; then its
/// token is cancelled, which ends it between two operations.
/// </summary>
internal sealed class WorkInFlight : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _tasks = [];
    private readonly CancellationTokenSource _giveUp = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Cancelled when a signal to stop has come: start nothing new.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Cancelled when the time to finish is over.</summary>
    public CancellationToken GiveUp => _giveUp.Token;

    public int Count
    {
        get
        {
            lock (_gate) return _tasks.Count;
        }
    }

    /// <summary>Keeps the process alive until the task has ended; whoever started it still sees its result and its exception.</summary>
    public Task<T> Track<T>(Task<T> work)
    {
        lock (_gate) _tasks.Add(work);
        _ = work.ContinueWith(
            ended =>
            {
                lock (_gate) _tasks.Remove(ended);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return work;
    }

    public void Stop() => _stopping.Cancel();

    /// <summary>Waits until all has ended. False: the limit came first; what was left was told to give up and waited for half as long again.</summary>
    public async Task<bool> DrainAsync(TimeSpan limit, TimeProvider time)
    {
        if (await EndedAsync(limit, time)) return true;
        await _giveUp.CancelAsync();
        await EndedAsync(limit / 2, time);
        return false;
    }

    public void Dispose()
    {
        _giveUp.Dispose();
        _stopping.Dispose();
    }

    private async Task<bool> EndedAsync(TimeSpan limit, TimeProvider time)
    {
        Task[] left;
        lock (_gate) left = [.. _tasks];
        // How each ended is its owner's to see.
        Task all = Task.WhenAll(left.Select(t => t.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)));
        return await Task.WhenAny(all, Task.Delay(limit, time, CancellationToken.None)) == all;
    }
}
