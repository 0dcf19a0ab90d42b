using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>
/// Lets a request leave as the inner permit allows, but not the first write of a user once the signal to stop has come: it waited for its turn, and
/// that user has not begun. Writes of many users go through one connection, so the write meant is the one of the present flow.
/// </summary>
public sealed class StoppablePermit(ISendPermit inner) : ISendPermit
{
    private readonly AsyncLocal<CancellationToken> _withdraw = new();

    /// <inheritdoc/>
    /// <exception cref="SendWithdrawnException">The signal came while it waited.</exception>
    public void Demand()
    {
        if (_withdraw.Value.IsCancellationRequested) throw new SendWithdrawnException();
        inner.Demand();
    }

    /// <summary>For what the present flow sends from now on.</summary>
    internal void WithdrawOn(CancellationToken signal) => _withdraw.Value = signal;
}
