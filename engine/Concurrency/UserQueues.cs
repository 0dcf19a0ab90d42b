namespace ProvisioningConnector.Engine.Concurrency;

/// <summary>One queue per user inside this process: who came first is served first, and no one else meanwhile.</summary>
internal sealed class UserQueues
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _queues = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns when it is our turn; dispose of it to let the next one in.</summary>
    public async ValueTask<IDisposable> EnterAsync(string uid, CancellationToken cancellation)
    {
        TaskCompletionSource me = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!_queues.TryGetValue(uid, out Queue<TaskCompletionSource>? queue))
            {
                _queues[uid] = new Queue<TaskCompletionSource>();
                return new Turn(this, uid);
            }

            queue.Enqueue(me);
        }

        using CancellationTokenRegistration giveUp = cancellation.Register(() => me.TrySetCanceled(cancellation));
        await me.Task;
        return new Turn(this, uid);
    }

    private void Leave(string uid)
    {
        lock (_gate)
        {
            Queue<TaskCompletionSource> queue = _queues[uid];
            while (queue.TryDequeue(out TaskCompletionSource? next))
            {
                // Who gave up is passed over.
                if (next.TrySetResult()) return;
            }

            _queues.Remove(uid);
        }
    }

    private sealed class Turn(UserQueues queues, string uid) : IDisposable
    {
        private bool _left;

        public void Dispose()
        {
            if (_left) return;
            _left = true;
            queues.Leave(uid);
        }
    }
}
