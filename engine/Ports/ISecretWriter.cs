using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>Sends the operations that carry or make a secret: <see cref="Operation.ResetPassword"/> and <see cref="Operation.IssuePass"/>.</summary>
public interface ISecretWriter
{
    /// <summary>
    /// Sends the operation once, follows it to its end where it has one, and puts what was made into the envelope. What may have taken effect without
    /// a trustworthy answer is put there too. No error that comes back holds the secret.
    /// </summary>
    /// <param name="authority">Names the user; demanded immediately before each request leaves.</param>
    /// <param name="operation">What to write.</param>
    /// <param name="envelope">Holds the secret given, and receives the one made.</param>
    /// <param name="cancellation">Ends the waiting before the request leaves.</param>
    /// <exception cref="SendBarredException">The lock has to be renewed first: nothing was sent.</exception>
    /// <exception cref="SendWithdrawnException">The request is not to leave any more: nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before the request left: nothing was applied.</exception>
    /// <exception cref="TenantException">The token is of another tenant: nothing was sent.</exception>
    ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, SecretEnvelope envelope, CancellationToken cancellation);
}
