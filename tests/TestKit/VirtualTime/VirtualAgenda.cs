namespace ProvisioningConnector.TestKit.VirtualTime;

/// <summary>What is to be run: continuations that are ready now and timers to come. One thread runs it all.</summary>
internal sealed class VirtualAgenda(int seed) : SynchronizationContext
{
    /// <summary>How long real time may pass with nothing to do before it is called a deadlock:
    /// something may be on its way back from a foreign thread.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>A world that lives longer than this does so for ever (a periodic timer that is never stopped).</summary>
    private static readonly long Longest = TimeSpan.FromDays(3650).Ticks;

    private readonly Random _chance = new(StableHash.Compute("agenda", seed));
    private readonly List<(SendOrPostCallback Work, object? State)> _ready = [];
    private readonly PriorityQueue<(VirtualTimer Timer, long Version), (long Due, int Tie, long Number)> _timers = new();
    private long _number;

    public object Sync { get; } = new();

    public long Now { get; private set; }

    public override SynchronizationContext CreateCopy() => this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (Sync)
        {
            _ready.Add((d, state));
            Monitor.PulseAll(Sync);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public void Set(VirtualTimer timer, long due)
    {
        lock (Sync)
        {
            _timers.Enqueue((timer, timer.Version), (due, _chance.Next(), _number++));
            Monitor.PulseAll(Sync);
        }
    }

    /// <summary>Runs what there is until <paramref name="life"/> has ended.</summary>
    public void RunUntil(Task life)
    {
        life.ContinueWith(_ => { lock (Sync) Monitor.PulseAll(Sync); }, CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!life.IsCompleted)
        {
            if (TakeReady() is { } next) next.Work(next.State);
            else if (TakeTimer() is { } timer) timer.Fire();
            else if (!WaitForOthers(life)) throw new VirtualDeadlockException(seed, TimeSpan.FromTicks(Now), "nothing is ready and no timer is set.");
        }
    }

    private (SendOrPostCallback Work, object? State)? TakeReady()
    {
        lock (Sync)
        {
            if (_ready.Count == 0) return null;
            int at = _ready.Count == 1 ? 0 : _chance.Next(_ready.Count);
            (SendOrPostCallback Work, object? State) chosen = _ready[at];
            _ready[at] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            return chosen;
        }
    }

    private VirtualTimer? TakeTimer()
    {
        lock (Sync)
        {
            while (_timers.TryDequeue(out (VirtualTimer Timer, long Version) entry, out (long Due, int Tie, long Number) when))
            {
                if (entry.Timer.Disposed || entry.Timer.Version != entry.Version) continue;
                if (when.Due > Longest) throw new VirtualDeadlockException(seed, TimeSpan.FromTicks(Now), "only timers are left, for more than ten years.");
                Now = Math.Max(Now, when.Due);
                return entry.Timer;
            }

            return null;
        }
    }

    private bool WaitForOthers(Task life)
    {
        lock (Sync)
        {
            return _ready.Count > 0 || _timers.Count > 0 || life.IsCompleted
                || (Monitor.Wait(Sync, Grace) && (_ready.Count > 0 || _timers.Count > 0 || life.IsCompleted));
        }
    }
}
