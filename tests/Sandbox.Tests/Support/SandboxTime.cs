using Microsoft.Extensions.Time.Testing;

namespace ProvisioningConnector.Sandbox.Tests.Support;

/// <summary>Time that moves only on demand, and shows how many waits began.</summary>
internal sealed class SandboxTime() : FakeTimeProvider(new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero))
{
    private int _timers;

    /// <summary>Number of timers made so far.</summary>
    public int Timers => Volatile.Read(ref _timers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _timers);
        return timer;
    }
}
