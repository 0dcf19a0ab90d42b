using Azure.Core;
using ProvisioningConnector.Graph.Connection;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>A fixed token. <see cref="GraphConnection"/> takes it for literal loopback addresses only.</summary>
internal sealed class StaticTokenCredential(string token) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.MaxValue);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
