using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.OneUser;

/// <summary>
/// Lets a write leave only while the lock of the user it concerns holds. Give it to the connection that writes, so that it is asked once more
/// when a request has waited for quota and token. Many users' writes go through one connection, so the user is the one of the present flow.
/// </summary>
public sealed class UserPermits : ISendPermit
{
    private readonly AsyncLocal<HeldUser?> _current = new();

    /// <inheritdoc/>
    public void Demand() => _current.Value?.Demand();

    internal void Enter(HeldUser user) => _current.Value = user;

    internal HeldUser? Current => _current.Value;
}

/// <summary>Sends under the lock of the present flow's user.</summary>
internal sealed class LockedWriter(IMethodsWriter inner, UserPermits permits) : IMethodsWriter
{
    /// <exception cref="LeaseLostException">Somebody else got the user: nothing was sent.</exception>
    public async ValueTask<WriteAnswer> SendAsync(string uid, Operation operation, CancellationToken cancellation)
    {
        HeldUser held = permits.Current ?? throw new InvalidOperationException("A user is locked before he is written to.");
        while (true)
        {
            await held.EnsureAsync(cancellation);
            try
            {
                return await inner.SendAsync(uid, operation, cancellation);
            }
            catch (SendBarredException)
            {
                // It waited so long for its turn that the lock has to be renewed first.
            }
        }
    }
}
