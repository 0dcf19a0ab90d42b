namespace ProvisioningConnector.Engine.Ports;

/// <summary>
/// The right to write to one user in one run. Only the engine makes one, after every safeguard of the run has been passed, so nothing
/// outside the engine can write without them. A writer demands it immediately before each request leaves.
/// </summary>
public sealed class WriteAuthority
{
    private readonly RunAuthority _run;
    private readonly CancellationToken _withdraw;

    internal WriteAuthority(RunAuthority run, string uid, CancellationToken withdraw)
    {
        ArgumentException.ThrowIfNullOrEmpty(uid);
        (_run, Uid, _withdraw) = (run, uid, withdraw);
    }

    /// <summary>The run that the write belongs to.</summary>
    public string RunId => _run.RunId;

    /// <summary>Object id of the only user it allows writes to.</summary>
    public string Uid { get; }

    /// <summary>Returns when a request may leave now. Call it last, after all waiting for quota and token.</summary>
    /// <exception cref="SendBarredException">Not now: too little is left of the lock. Nothing was sent; ask the engine again.</exception>
    /// <exception cref="SendWithdrawnException">Not any more. Nothing was sent.</exception>
    public void Demand()
    {
        if (_withdraw.IsCancellationRequested) throw new SendWithdrawnException();
        _run.Lock.Demand();
    }

    /// <summary>The same right for one request that is not to leave once a signal has come.</summary>
    internal WriteAuthority WithdrawnBy(CancellationToken signal) => new(_run, Uid, signal);

    /// <inheritdoc cref="IWriteLock.EnsureAsync"/>
    internal ValueTask EnsureAsync(CancellationToken cancellation) => _run.Lock.EnsureAsync(cancellation);

    /// <inheritdoc cref="IWriteLock.NoteDoubt"/>
    internal void NoteDoubt(DateTimeOffset sentAt) => _run.Lock.NoteDoubt(sentAt);
}
