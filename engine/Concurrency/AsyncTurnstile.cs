namespace ProvisioningConnector.Engine.Concurrency;

/// <summary>
/// Lets users in one after another while there is room. How much room there is may change at any time and is asked anew when
/// someone comes or leaves; as long as one is inside, no one who waits is forgotten.
/// </summary>
/// <param name="mayEnter">Whether another may come in when so many are inside; must say yes when no one is.</param>
internal sealed class AsyncTurnstile(Func<int, bool> mayEnter)
{
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _inside;

    /// <summary>Room for one at a time. Unlike a semaphore of the platform it wakes waiters on their own scheduler, so that virtual time sees them.</summary>
    public static AsyncTurnstile ForOne() => new(static inside => inside == 0);

    /// <summary>Waits for room. Every entry ends with one <see cref="Leave"/>.</summary>
    public Task EnterAsync(CancellationToken cancellation)
    {
        TaskCompletionSource me;
        lock (_gate)
        {
            if (_waiting.Count == 0 && mayEnter(_inside))
            {
                _inside++;
                return Task.CompletedTask;
            }

            me = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(me);
        }

        return WaitAsync(me, cancellation);
    }

    public void Leave()
    {
        lock (_gate)
        {
            _inside--;
            // Who went away while waiting is passed over.
            while (_waiting.Count > 0 && mayEnter(_inside))
            {
                if (_waiting.Dequeue().TrySetResult()) _inside++;
            }
        }
    }

    private static async Task WaitAsync(TaskCompletionSource me, CancellationToken cancellation)
    {
        await using CancellationTokenRegistration registration = cancellation.UnsafeRegister(_ => me.TrySetCanceled(cancellation), null);
        await me.Task;
    }
}
