namespace ProvisioningConnector.Graph.Credentials;

/// <summary>What an access token says of itself.</summary>
/// <param name="IsJwt">False: opaque; it is not checked and counts as app-only (design 9).</param>
/// <param name="IsDelegated">It speaks for a person: claim <c>scp</c>, or <c>idtyp</c> is <c>user</c>.</param>
/// <param name="TenantId">Claim <c>tid</c>.</param>
/// <param name="AppId">Claim <c>appid</c> or <c>azp</c>.</param>
public readonly record struct TokenFacts(bool IsJwt, bool IsDelegated, string? TenantId, string? AppId)
{
    /// <summary>Whether the token speaks for an app.</summary>
    public bool IsAppOnly => !IsDelegated;
}
