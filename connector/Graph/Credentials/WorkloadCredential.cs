using Azure.Core;
using Azure.Identity;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>A workload identity whose token file is checked before each use: the library's own message does not say what is wrong with it.</summary>
internal sealed class WorkloadCredential(WorkloadIdentityCredential credential, string? path) : TokenCredential
{
    /// <exception cref="CredentialUnavailableException">The token file is missing, unreadable or empty.</exception>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Check();
        return credential.GetToken(requestContext, cancellationToken);
    }

    /// <exception cref="CredentialUnavailableException">The token file is missing, unreadable or empty.</exception>
    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Check();
        return credential.GetTokenAsync(requestContext, cancellationToken);
    }

    private void Check()
    {
        if (string.IsNullOrWhiteSpace(path)) throw new CredentialUnavailableException("The variable AZURE_FEDERATED_TOKEN_FILE, which names the token file of "
            + "the workload identity, is not set.");
        byte[] content = CredentialFile.Read(path, out string? problem);
        if (problem is null && content.AsSpan().Trim(" \t\r\n"u8).IsEmpty) problem = "is empty";
        if (problem is not null) throw new CredentialUnavailableException($"The token file '{path}' {problem}.");
    }
}
