using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>The writer of one change: what carries a secret goes the way of secrets, with this change's envelope.</summary>
internal sealed class EnvelopeWriter(ITenantWriter tenant, SecretEnvelope? envelope) : IMethodsWriter
{
    public ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, CancellationToken cancellation)
    {
        if (!ApprovedOperations.IsOnce(operation)) return tenant.SendAsync(authority, operation, cancellation);
        if (envelope is null) throw new InvalidOperationException("A change that makes a secret needs an envelope to return it.");
        return tenant.SendAsync(authority, operation, envelope, cancellation);
    }
}
