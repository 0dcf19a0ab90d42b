using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>Makes credentials. Making one asks no one: the first token is fetched at the first request.</summary>
public static class GraphCredentials
{
    /// <summary>Makes the credential for a tenant.</summary>
    /// <param name="settings">Who we are; must be without <see cref="CredentialSettings.Problems"/>.</param>
    /// <param name="tenant">The tenant; its cloud fixes the login authority.</param>
    /// <param name="prompt">DeviceCode: shows the person what to do (address and code).</param>
    /// <param name="time">The clock of time-outs and of the certificate's validity; null: the system's.</param>
    /// <exception cref="ArgumentException">The settings have problems.</exception>
    /// <exception cref="TenantException">The certificate file cannot be used.</exception>
    public static TokenCredential Create(CredentialSettings settings, GraphTenantOptions tenant, Action<string>? prompt = null, TimeProvider? time = null) =>
        CreateOver(null, settings, tenant, time ?? TimeProvider.System, prompt);

    /// <param name="login">Another HTTP stack for the login, for tests; null: real connections.</param>
    /// <param name="settings">Who we are.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="time">The clock.</param>
    /// <param name="prompt">Shows the person what to do.</param>
    internal static TokenCredential CreateOver(HttpMessageHandler? login, CredentialSettings settings,
        GraphTenantOptions tenant, TimeProvider time, Action<string>? prompt = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(tenant);
        string problems = string.Join(" ", settings.Problems(tenant));
        if (problems.Length > 0) throw new ArgumentException(problems, nameof(settings));
        Uri authority = tenant.Cloud.Authority();
        string? tenantId = settings.TenantId ?? tenant.TenantId;
        T Login<T>(T options)
            where T : TokenCredentialOptions =>
                OnOurStack(options, authority, login is null ? LoginHandler.Real(tenant, time) : new LoginHandler(login, tenant.RequestTimeout, time));
        return settings.Kind switch
        {
            CredentialKind.Default => new DefaultAzureCredential(new DefaultAzureCredentialOptions
            {
                AuthorityHost = authority, TenantId = tenantId, ManagedIdentityClientId = settings.ClientId, WorkloadIdentityClientId = settings.ClientId,
            }),
            CredentialKind.ManagedIdentity =>
                new ManagedIdentityCredential(settings.ClientId is { Length: > 0 } id
                ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned),
            CredentialKind.WorkloadIdentity => Workload(Login(new WorkloadIdentityCredentialOptions()), settings.ClientId, tenantId),
            CredentialKind.Certificate =>
                new ClientCertificateCredential(tenantId, settings.ClientId, CertificateFile.Load(settings.Path ?? "", settings.Password, time),
                    Login(new ClientCertificateCredentialOptions())),
            CredentialKind.ClientSecret => new ClientSecretCredential(tenantId, settings.ClientId, settings.Secret, Login(new ClientSecretCredentialOptions())),
            CredentialKind.AzureCli => new AzureCliCredential(new AzureCliCredentialOptions { AuthorityHost = authority, TenantId = tenantId }),
            CredentialKind.DeviceCode => new DeviceCodeCredential(Login(DeviceCode(settings, tenantId, prompt))),
            CredentialKind.StaticToken => new StaticTokenCredential(settings.Token ?? ""),
        };
    }

    private static DeviceCodeCredentialOptions DeviceCode(CredentialSettings settings, string? tenantId, Action<string>? prompt)
    {
        DeviceCodeCredentialOptions options = new()
        {
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

    private static WorkloadCredential Workload(WorkloadIdentityCredentialOptions options, string? clientId, string? tenantId)
    {
        // The library's default for each is a variable of the environment; setting null would take that away.
        if (clientId is { Length: > 0 }) options.ClientId = clientId;
        if (tenantId is { Length: > 0 }) options.TenantId = tenantId;
        return new WorkloadCredential(new WorkloadIdentityCredential(options), options.TokenFilePath);
    }

    /// <summary>Requests of the login over our handler, each sent once: <see cref="TokenSource"/> repeats on our clock, once for all that wait.</summary>
    private static T OnOurStack<T>(T options, Uri authority, LoginHandler handler)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = authority;
        options.Transport = new HttpClientTransport(new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan });
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = Timeout.InfiniteTimeSpan;
        return options;
    }
}
