namespace ProvisioningConnector.TestKit.VirtualTime;

internal sealed class VirtualTimer(VirtualAgenda agenda, TimerCallback callback, object? state) : ITimer
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private long _period = -1;

    /// <summary>Grows with every change: an agenda entry with an older number is void.</summary>
    public long Version { get; private set; }

    public bool Disposed { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (agenda.Sync)
        {
            if (Disposed) return false;
            Version++;
            _period = period > TimeSpan.Zero ? period.Ticks : -1;
            if (dueTime >= TimeSpan.Zero) agenda.Set(this, agenda.Now + dueTime.Ticks);
            return true;
        }
    }

    public void Fire()
    {
        lock (agenda.Sync)
        {
            if (_period > 0) agenda.Set(this, agenda.Now + _period);
        }

        if (_context is null) callback(state);
        else ExecutionContext.Run(_context, static boxed => ((VirtualTimer)boxed!).Call(), this);
    }

    public void Dispose()
    {
        lock (agenda.Sync)
        {
            Disposed = true;
            Version++;
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Call() => callback(state);
}
