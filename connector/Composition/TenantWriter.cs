using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Secrets;
using ProvisioningConnector.Graph.Writing;

namespace ProvisioningConnector.Composition;

/// <summary>The way to write to a tenant.</summary>
/// <param name="connection">Its connection.</param>
/// <param name="make">Makes passwords.</param>
/// <param name="time">The clock.</param>
/// <param name="check">Refuses a token that may do more than the work needs; null: none is refused.</param>
internal sealed class TenantWriter(GraphConnection connection, Func<Secret> make, TimeProvider time, Action<TokenFacts>? check) : IDisposable
{
    /// <summary>For what carries or makes a secret.</summary>
    public ISecretWriter Secrets { get; } = new GraphSecretWriter(connection, make, time);

    public IMethodsWriter Methods { get; } = new GraphMethodsWriter(connection, time);

    /// <summary>Fetches the token, so that a wrong credential is found before a run begins.</summary>
    public async ValueTask<TokenFacts> AuthenticateAsync(CancellationToken cancellation)
    {
        TokenFacts token = await connection.AuthenticateAsync(cancellation);
        check?.Invoke(token);
        return token;
    }

    public void Dispose() => connection.Dispose();
}
