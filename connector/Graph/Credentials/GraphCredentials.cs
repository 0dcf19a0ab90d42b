using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Identity;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Graph;

/// <summary>Makes credentials. Making one asks nobody: the first token is fetched at the first request.</summary>
public static class GraphCredentials
{
    /// <summary>Makes the credential for a tenant.</summary>
    /// <param name="settings">Who we are; must be without <see cref="CredentialSettings.Problems"/>.</param>
    /// <param name="tenant">The tenant; its cloud fixes the login authority.</param>
    /// <param name="prompt">DeviceCode: shows the person what to do (address and code).</param>
    /// <exception cref="ArgumentException">The settings have problems.</exception>
    /// <exception cref="TenantException">The certificate file cannot be used.</exception>
    public static TokenCredential Create(CredentialSettings settings, GraphTenantOptions tenant, Action<string>? prompt = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(tenant);
        string problems = string.Join(" ", settings.Problems(tenant));
        if (problems.Length > 0) throw new ArgumentException(problems, nameof(settings));
        Uri authority = tenant.Cloud.Authority();
        string? tenantId = settings.TenantId ?? tenant.TenantId;
        return settings.Kind switch
        {
            CredentialKind.Default => new DefaultAzureCredential(new DefaultAzureCredentialOptions
            {
                AuthorityHost = authority, TenantId = tenantId, ManagedIdentityClientId = settings.ClientId, WorkloadIdentityClientId = settings.ClientId,
            }),
            CredentialKind.ManagedIdentity => new ManagedIdentityCredential(settings.ClientId is { Length: > 0 } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned),
            CredentialKind.WorkloadIdentity => new WorkloadIdentityCredential(new WorkloadIdentityCredentialOptions { AuthorityHost = authority, TenantId = tenantId, ClientId = settings.ClientId }),
            CredentialKind.Certificate => new ClientCertificateCredential(tenantId, settings.ClientId, Certificate(settings), new ClientCertificateCredentialOptions { AuthorityHost = authority }),
            CredentialKind.ClientSecret => new ClientSecretCredential(tenantId, settings.ClientId, settings.Secret, new ClientSecretCredentialOptions { AuthorityHost = authority }),
            CredentialKind.AzureCli => new AzureCliCredential(new AzureCliCredentialOptions { AuthorityHost = authority, TenantId = tenantId }),
            CredentialKind.DeviceCode => new DeviceCodeCredential(DeviceCode(settings, authority, tenantId, prompt)),
            CredentialKind.StaticToken => new StaticTokenCredential(settings.Token ?? ""),
        };
    }

    private static DeviceCodeCredentialOptions DeviceCode(CredentialSettings settings, Uri authority, string? tenantId, Action<string>? prompt)
    {
        DeviceCodeCredentialOptions options = new()
        {
            AuthorityHost = authority,
            TenantId = tenantId,
            DeviceCodeCallback = (code, _) =>
            {
                prompt?.Invoke(code.Message);
                return Task.CompletedTask;
            },
        };
        if (settings.ClientId is { Length: > 0 } clientId) options.ClientId = clientId;
        return options;
    }

    private static X509Certificate2 Certificate(CredentialSettings settings)
    {
        string path = settings.Path ?? "";
        try
        {
            return path.EndsWith(".pem", StringComparison.OrdinalIgnoreCase)
                ? X509Certificate2.CreateFromPemFile(path)
                : X509CertificateLoader.LoadPkcs12FromFile(path, settings.Password);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new TenantException(
                new ServiceError(ErrorKind.Unauthenticated, "PP104", $"The certificate file '{path}' cannot be used: {e.Message}", "Check Credential:Path and Password, and that the file holds the private key."), e);
        }
    }
}
