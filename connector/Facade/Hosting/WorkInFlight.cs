using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Engine.Execution;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>How it went when all work was asked to end.</summary>
internal enum DrainEnd
{
    /// <summary>All was finished in time.</summary>
    Finished,

    /// <summary>The time was over; what was left ended between two operations.</summary>
    Cut,

    /// <summary>Something did not end even then and was left behind.</summary>
    Abandoned,
}

/// <summary>
/// Requests, and work that goes on after its request was answered (a slow write, a reconciliation). Stopping waits for both, up to a limit; then
/// they are cut: writes end between two operations, waits at once.
/// </summary>
internal sealed class WorkInFlight(ILogger<WorkInFlight> log) : IDisposable
{
    private static readonly TimeSpan LongestClosing = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Task> _tasks = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly CancellationTokenSource _abandoned = new();
    private TaskCompletionSource? _idle;
    private int _requests;
    private long _started;

    /// <summary>Cancelled when a signal to stop has come: start nothing new.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Cancelled when the time to finish is over.</summary>
    public CancellationToken GiveUp => _giveUp.Token;

    /// <summary>Cancelled when almost half as long again is over: no one waits any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>How all work of the process is asked to end.</summary>
    public EndSignals Signals => new(Stopping, GiveUp, Abandoned);

    public int Count
    {
        get
        {
            lock (_gate) return _tasks.Count;
        }
    }

    /// <summary>Serves a request; stopping waits for it.</summary>
    public async Task ServeAsync(Func<Task> serve)
    {
        lock (_gate) _requests++;
        try
        {
            await serve();
        }
        finally
        {
            lock (_gate)
            {
                _requests--;
                SignalIfIdle();
            }
        }
    }

    /// <summary>Starts work that goes on when its caller has left; stopping waits for it. Results and expected errors are its own matter.</summary>
    public void Start(Func<Task> work)
    {
        long id = Interlocked.Increment(ref _started);
        lock (_gate) _tasks[id] = Task.CompletedTask;
        Task running = RunAsync(id, work);
        lock (_gate)
        {
            if (_tasks.ContainsKey(id)) _tasks[id] = running;
        }
    }

    public void Stop() => _stopping.Cancel();

    /// <summary>After a signal the process is gone within this time, whatever it is doing.</summary>
    /// <param name="limit">How long work may take to finish.</param>
    public static TimeSpan GoneWithin(TimeSpan limit) => limit * 1.5;

    /// <summary>What is left behind after so long leaves time to close connections and the store before the process is gone.</summary>
    public static TimeSpan AbandonedAfter(TimeSpan limit) => GoneWithin(limit) - (limit / 5 < LongestClosing ? limit / 5 : LongestClosing);

    /// <summary>Waits until all has ended; at the limit what is left is cut, and almost half as long later it is left behind.</summary>
    public async Task<DrainEnd> DrainAsync(TimeSpan limit, TimeProvider time)
    {
        if (await EndedAsync(limit, time)) return DrainEnd.Finished;
        await _giveUp.CancelAsync();
        if (await EndedAsync(AbandonedAfter(limit) - limit, time)) return DrainEnd.Cut;
        await _abandoned.CancelAsync();
        return DrainEnd.Abandoned;
    }

    public void Dispose()
    {
        _abandoned.Dispose();
        _giveUp.Dispose();
        _stopping.Dispose();
    }

    private async Task<bool> EndedAsync(TimeSpan limit, TimeProvider time)
    {
        using CancellationTokenSource ended = new();
        Task over = Task.Delay(limit, time, ended.Token);
        // What ends may have started something that goes on.
        while (IdleAsync() is { IsCompleted: false } idle)
        {
            if (await Task.WhenAny(idle, over) == over) return false;
        }

        await ended.CancelAsync();
        return true;
    }

    private async Task RunAsync(long id, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // It was cut.
        }
        catch (Exception bug)
        {
            log.LogError("{Mistake}", Unexpected.Document(bug).Message);
        }
        finally
        {
            lock (_gate)
            {
                _tasks.Remove(id);
                SignalIfIdle();
            }
        }
    }

    private Task IdleAsync()
    {
        lock (_gate)
        {
            if (_requests == 0 && _tasks.Count == 0) return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    private void SignalIfIdle()
    {
        if (_requests > 0 || _tasks.Count > 0) return;
        _idle?.SetResult();
        _idle = null;
    }
}
