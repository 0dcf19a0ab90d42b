namespace ProvisioningConnector.Facade.Access;

/// <summary>Fetches an issuer's keys: no redirects, little content, little patience.</summary>
internal static class IssuerClient
{
    private const int MostBytes = 256 * 1024;

    public static HttpClient Make() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = MostBytes };
}
