using System.Collections.Concurrent;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Work that goes on when its caller leaves.</summary>
internal sealed class WorkBegun
{
    private readonly ConcurrentDictionary<Task, bool> _inFlight = new();

    public int Count => _inFlight.Count;

    /// <summary>Waits for work until it ends or its caller leaves.</summary>
    /// <param name="work">The work.</param>
    /// <param name="abandoned">Receives an error of work whose caller has left.</param>
    /// <param name="cancellation">The caller leaves.</param>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public async Task<RunResult> WaitAsync(Task<RunResult> work, Action<Exception> abandoned, CancellationToken cancellation)
    {
        if (work.IsCompleted) return await work;
        _inFlight[work] = true;
        try
        {
            return await work.WaitAsync(cancellation);
        }
        finally
        {
            if (work.IsCompleted) _inFlight.TryRemove(work, out _);
            else _inFlight[ObserveAsync(work, abandoned)] = true;
        }
    }

    /// <summary>Waits until everything that has begun is at its end.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        foreach (Task work in _inFlight.Keys)
        {
            await Task.WhenAny(work).WaitAsync(cancellation);
            _inFlight.TryRemove(work, out _);
        }
    }

    /// <summary>Of a caller who left: an error does no harm, because the run stays unfinished and is found again.</summary>
    private async Task ObserveAsync(Task<RunResult> work, Action<Exception> abandoned)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // It had not begun.
        }
        catch (Exception problem)
        {
            abandoned(problem);
        }

        _inFlight.TryRemove(work, out _);
    }
}
