using ProvisioningConnector.Composition.Configuration;

namespace ProvisioningConnector.Facade.Access;

/// <summary>Fetches an issuer's keys from a file, or from its address: no redirects, little content, little patience.</summary>
internal sealed class IssuerKeys(JwtSettings settings) : IDisposable
{
    private const int MostBytes = 256 * 1024;
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = MostBytes,
    };

    public Task<string> FetchAsync(CancellationToken cancellation) => Path.IsPathRooted(settings.Keys)
        ? File.ReadAllTextAsync(settings.Keys, cancellation) : _client.GetStringAsync(new Uri(settings.Keys), cancellation);

    public void Dispose() => _client.Dispose();
}
