using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>Who we are at the tenant. Secrets stand here already resolved (from environment, file
/// or vault), never from the command line; <see cref="ToString"/> shows none.</summary>
public sealed record CredentialSettings
{
    public required CredentialKind Kind { get; init; }

    /// <summary>Needed by Certificate and ClientSecret; others use it when given.</summary>
    public string? TenantId { get; init; }

    /// <summary>The app's id. Needed by Certificate and ClientSecret; for ManagedIdentity the user-assigned identity.</summary>
    public string? ClientId { get; init; }

    /// <summary>ClientSecret: its value.</summary>
    public string? Secret { get; init; }

    /// <summary>Certificate: path of a PFX or PEM file with the private key.</summary>
    public string? Path { get; init; }

    /// <summary>Certificate: password of the PFX file, when it has one.</summary>
    public string? Password { get; init; }

    /// <summary>StaticToken: the token.</summary>
    public string? Token { get; init; }

    /// <summary>What is wrong with these settings for this tenant, each in a sentence; empty when they can be used.</summary>
    public IEnumerable<string> Problems(GraphTenantOptions tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        string? tenantId = TenantId ?? tenant.TenantId;
        if (Kind is CredentialKind.Certificate or CredentialKind.ClientSecret)
        {
            if (string.IsNullOrWhiteSpace(tenantId)) yield return $"A credential of kind {Kind} needs TenantId.";
            if (string.IsNullOrWhiteSpace(ClientId)) yield return $"A credential of kind {Kind} needs ClientId, the id of the app registration.";
        }

        if (Kind is CredentialKind.Certificate
            && string.IsNullOrWhiteSpace(Path)) yield return "A credential of kind Certificate needs Path, a PFX or PEM file with the private key.";
        if (Kind is CredentialKind.ClientSecret
            && string.IsNullOrEmpty(Secret)) yield return "A credential of kind ClientSecret needs Secret; set it by environment or file.";
        if (Kind is not CredentialKind.StaticToken) yield break;
        if (string.IsNullOrWhiteSpace(Token)) yield return "A credential of kind StaticToken needs Token; set it by environment or file.";
        else if (Token.AsSpan().IndexOfAnyExceptInRange('!',
            '~') >= 0) yield return "Token holds characters that no token has (blanks, line ends or non-ASCII).";
        if (!LoopbackHost.IsLiteral(tenant.Target))
        {
            yield return $"StaticToken is for rehearsals: it is allowed only where Endpoint is a literal loopback address such as http://127.0.0.1:5000 (now "
                + $"{tenant.Target.GetLeftPart(UriPartial.Authority)}; a name such as localhost is not literal).";
        }
    }

    /// <summary>Never a secret.</summary>
    public override string ToString() => $"{Kind} credential of app {ClientId ?? "(none)"}";
}

/// <summary>Where tokens come from (docs/configuration.md#credentials, <c>Credential.Kind</c>).</summary>
public enum CredentialKind : byte
{
    /// <summary>Whatever the machine offers: environment, workload identity, managed identity, developer sign-ins.</summary>
    Default,
    ManagedIdentity,
    WorkloadIdentity,
    Certificate,
    ClientSecret,
    AzureCli,

    /// <summary>A person signs in on another device; the token is delegated.</summary>
    DeviceCode,

    /// <summary>A fixed token, for rehearsals on a literal loopback address only.</summary>
    StaticToken,
}
