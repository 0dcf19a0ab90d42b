namespace ProvisioningConnector.Graph.Credentials;

/// <summary>Where tokens come from (design 9, <c>Credential.Kind</c>).</summary>
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
