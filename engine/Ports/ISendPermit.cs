namespace ProvisioningConnector.Engine.Ports;

/// <summary>Asked by a writer immediately before each request leaves, after all waiting for quota and token.</summary>
public interface ISendPermit
{
    /// <summary>Returns when the request may leave now.</summary>
    /// <exception cref="SendBarredException">It may not: nothing has left.</exception>
    void Demand();
}

/// <summary>A request must not leave now; nothing was sent. Whoever holds the permit finds out whether it may later.</summary>
public sealed class SendBarredException(string message) : Exception(message);
