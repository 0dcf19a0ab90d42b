using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>The writer of one change: what carries a secret goes the way of secrets, with this change's envelope.</summary>
internal sealed class EnvelopeWriter(IMethodsWriter plain, ISecretWriter? secrets, SecretEnvelope? envelope) : IMethodsWriter
{
    public ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, CancellationToken cancellation)
    {
        if (!ApprovedOperations.IsOnce(operation)) return plain.SendAsync(authority, operation, cancellation);
        if (secrets is null || envelope is null) throw new InvalidOperationException("A change that makes a secret has nobody to hand it to.");
        return secrets.SendAsync(authority, operation, envelope, cancellation);
    }
}
