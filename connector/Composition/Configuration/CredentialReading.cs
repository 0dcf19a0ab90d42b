using ProvisioningConnector.Graph.Credentials;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads a tenant's <c>Credential</c> and <c>WriteCredential</c>.</summary>
internal static class CredentialReading
{
    /// <param name="tenant">The tenant's section.</param>
    /// <param name="key">The key.</param>
    /// <param name="meaning">What it is for.</param>
    /// <param name="tenantId">The tenant's id, which counts unless the credential has its own.</param>
    /// <param name="clientId">The same of the application.</param>
    /// <returns>Null where it is not written.</returns>
    public static CredentialSettings? Read(SettingsSection tenant, string key, string meaning, string? tenantId, string? clientId)
    {
        bool exists = tenant.Exists(key);
        SettingsSection section = tenant.Section(key, meaning, orNull: true);
        if (exists && !section.Exists("Kind")) section.Bad("Kind", "Set the kind of credential.");
        CredentialSettings credential = new()
        {
            Kind = section.Choice("Kind", CredentialKind.Default, "where tokens come from; `StaticToken` for literal loopback addresses only", isNeeded: true),
            TenantId = section.Word("TenantId", "another tenant than the tenant's") ?? tenantId,
            ClientId = section.Word("ClientId", "another application than the tenant's") ?? clientId,
            Path = section.File("Path", "`Certificate`: PFX or PEM file with the private key"),
            Password = section.Secret("Password", "`Certificate`: the file's password"),
            Secret = section.Secret("Secret", "`ClientSecret`: its value"),
            Token = section.Secret("Token", "`StaticToken`: the token"),
        };
        section.NoOthers();
        return exists ? credential : null;
    }
}
