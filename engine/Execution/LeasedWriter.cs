using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>
/// Lets a write leave only while more of the tenant's lease is left than a request may take (safety-and-pacing B3.7). The lease is
/// looked at here, and by the writer beneath once more when it has waited for quota and token and the request is about to leave.
/// </summary>
/// <param name="inner">Sends; asks the lease (<see cref="ISendPermit"/>) before each request.</param>
/// <param name="lease">Ours.</param>
public sealed class LeasedWriter(IMethodsWriter inner, HeldLease lease) : IMethodsWriter
{
    /// <inheritdoc/>
    /// <exception cref="LeaseLostException">Another run has taken the tenant over: nothing was sent.</exception>
    /// <exception cref="StoreException">The lease has to be renewed and the store does not work: nothing was sent.</exception>
    public async ValueTask<WriteAnswer> SendAsync(string uid, Operation operation, CancellationToken cancellation)
    {
        while (true)
        {
            await lease.EnsureAsync(cancellation);
            try
            {
                WriteAnswer answer = await inner.SendAsync(uid, operation, cancellation);
                if (answer is WriteAnswer.Ambiguous) lease.NoteDoubt(answer.SentAt);
                return answer;
            }
            catch (SendBarredException)
            {
                // It waited so long for its turn that the lease has to be renewed first.
            }
        }
    }
}
