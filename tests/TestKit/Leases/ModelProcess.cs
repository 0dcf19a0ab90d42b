using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.TestKit.Leases;

/// <summary>
/// A process in a virtual world that can be frozen, thawed, killed, given another wall clock and cut off from its store. What it
/// awaits through the doors beside this class comes back only while it lives and is not frozen.
/// </summary>
public sealed class ModelProcess
{
    private readonly List<Action> _held = [];
    private TaskCompletionSource _awake = new();

    public ModelProcess(VirtualWorld world, string name)
    {
        (World, Name) = (world, name);
        _awake.SetResult();
        Time = new ProcessClock(this);
    }

    public VirtualWorld World { get; }

    public string Name { get; }

    /// <summary>Its clock: timers stand still with it, the wall clock may be set.</summary>
    public TimeProvider Time { get; }

    /// <summary>How far its wall clock is ahead.</summary>
    public TimeSpan ClockError { get; set; }

    /// <summary>The store does not answer it.</summary>
    public bool StoreIsDown { get; set; }

    public bool IsDead => DiedAt is not null;

    /// <summary>When it was killed; null while it lives.</summary>
    public TimeSpan? DiedAt { get; private set; }

    public bool IsFrozen => !_awake.Task.IsCompleted;

    /// <summary>As the holder of a lease.</summary>
    public LeaseHolder Holder(string run) => new("ann", "host", "boot", Name[0], Name, "1.0", run);

    public void Freeze()
    {
        if (_awake.Task.IsCompleted) _awake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Thaw()
    {
        if (IsDead || !IsFrozen) return;
        Action[] held = [.. _held];
        _held.Clear();
        _awake.SetResult();
        foreach (Action callback in held) callback();
    }

    public void Kill()
    {
        Freeze();
        DiedAt ??= World.Elapsed;
    }

    /// <summary>Comes back when the process runs.</summary>
    public async Task AwakeAsync()
    {
        while (!_awake.Task.IsCompleted) await _awake.Task;
    }

    public async ValueTask<T> CallAsync<T>(Func<ValueTask<T>> call)
    {
        await AwakeAsync();
        T answer = await call();
        await AwakeAsync();
        return answer;
    }

    /// <summary>A call to the store, which may be down.</summary>
    public ValueTask<T> StoreAsync<T>(Func<ValueTask<T>> call) => CallAsync(async () =>
    {
        await World.Delay(TimeSpan.FromMilliseconds(1));
        if (IsDead) await AwakeAsync();
        T answer = StoreIsDown ? throw new StoreException(StoreProblem.Unavailable, "The store does not answer.", "") : await call();
        await World.Delay(TimeSpan.FromMilliseconds(1));
        return answer;
    });

    private void Run(Action callback)
    {
        if (IsDead) return;
        if (IsFrozen) _held.Add(callback);
        else callback();
    }

    private sealed class ProcessClock(ModelProcess process) : TimeProvider
    {
        private TimeProvider World => process.World.Time;

        public override long TimestampFrequency => World.TimestampFrequency;

        public override TimeZoneInfo LocalTimeZone => World.LocalTimeZone;

        public override long GetTimestamp() => World.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => World.GetUtcNow() + process.ClockError;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            World.CreateTimer(inner => process.Run(() => callback(inner)), state, dueTime, period);
    }
}
