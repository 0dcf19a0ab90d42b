namespace ProvisioningConnector.Host.Cli;

/// <summary>
/// What signals (Ctrl-C, SIGTERM) ask of a command: the first to stop, a later one to stop at once. One within a second of the first is the
/// same signal: wrappers such as <c>timeout</c>, npm and container runtimes pass on what the process group has received already.
/// </summary>
internal sealed class StopRequests(TimeProvider time) : IAsyncDisposable
{
    public static readonly TimeSpan SameWithin = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _atOnce = new();
    private long? _first;
    private Task? _givingUp;

    /// <summary>Finish what has begun, begin nothing else.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Give up.</summary>
    public CancellationToken AtOnce => _atOnce.Token;

    /// <summary>Called at the first signal, before anything stops, so that anyone who sent it sees that it arrived.</summary>
    public Action Acknowledge { get; set; } = static () => { };

    /// <summary>A signal has come. True: the process is to end at once.</summary>
    public bool Receive()
    {
        lock (_gate)
        {
            if (_first is { } first)
            {
                if (time.GetElapsedTime(first) < SameWithin) return false;
                _givingUp ??= _atOnce.CancelAsync();
                return true;
            }

            _first = time.GetTimestamp();
        }

        Acknowledge();
        _stop.Cancel();
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        if (_givingUp is not null) await _givingUp;
        _stop.Dispose();
        _atOnce.Dispose();
    }
}
