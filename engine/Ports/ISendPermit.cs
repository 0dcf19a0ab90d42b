namespace ProvisioningConnector.Engine.Ports;

/// <summary>Asked by a writer immediately before each request leaves, after all waiting for quota and token.</summary>
public interface ISendPermit
{
    /// <summary>Returns when the request may leave now.</summary>
    /// <exception cref="SendBarredException">It may not: nothing has left.</exception>
    /// <exception cref="SendWithdrawnException">It is not to leave any more: nothing has left.</exception>
    void Demand();
}

/// <summary>A request must not leave any more; nothing was sent, and it is not tried again.</summary>
public sealed class SendWithdrawnException() : Exception("The signal to stop came before the request left.");

/// <summary>A request must not leave now; nothing was sent. Whoever holds the permit finds out whether it may later.</summary>
public sealed class SendBarredException(string message) : Exception(message);
