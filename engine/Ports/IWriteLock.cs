namespace ProvisioningConnector.Engine.Ports;

/// <summary>The lock under which writes leave: the tenant's lease in a run, the user's lock in a change of one user.</summary>
internal interface IWriteLock
{
    /// <summary>Returns when more of the lock is left than a request may take.</summary>
    /// <exception cref="SendBarredException">Too little is left: nothing has left.</exception>
    void Demand();

    /// <summary>Makes sure that a request may leave: renews the lock when half of the time to send is over.</summary>
    /// <exception cref="Locking.LeaseLostException">Another process has taken the lock: nothing may be sent any more.</exception>
    /// <exception cref="StoreException">The lock has to be renewed, and the store does not work.</exception>
    ValueTask EnsureAsync(CancellationToken cancellation);

    /// <summary>A request left and its outcome is not known: the next holder waits until it cannot be applied any more.</summary>
    /// <param name="sentAt">When it left.</param>
    void NoteDoubt(DateTimeOffset sentAt);
}

/// <summary>A request must not leave any more; nothing was sent, and it is not tried again.</summary>
public sealed class SendWithdrawnException() : Exception("The signal to stop came before the request left.");

/// <summary>A request must not leave now; nothing was sent. Anyone who holds the lock finds out whether it may later.</summary>
public sealed class SendBarredException(string message) : Exception(message);
