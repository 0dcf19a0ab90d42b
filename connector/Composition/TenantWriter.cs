using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Secrets;
using ProvisioningConnector.Graph.Writing;

namespace ProvisioningConnector.Composition;

/// <summary>The way to write to a tenant.</summary>
internal sealed class TenantWriter(GraphConnection connection, Func<Secret> make, TimeProvider time) : IDisposable
{
    /// <summary>For what carries or makes a secret.</summary>
    public ISecretWriter Secrets { get; } = new GraphSecretWriter(connection, make, time);

    public IMethodsWriter Methods { get; } = new GraphMethodsWriter(connection, time);

    /// <summary>Fetches the token, so that a wrong credential is found before a run begins.</summary>
    public async ValueTask<TokenFacts> AuthenticateAsync(CancellationToken cancellation) => await connection.AuthenticateAsync(cancellation);

    public void Dispose() => connection.Dispose();
}
