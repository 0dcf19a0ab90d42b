using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Facade.Authentication;

/// <summary>Reads what an issuer publishes: its keys from a file or an address, or both name and keys by OpenID Connect Discovery from its authority.
/// No redirects, little content, little patience.</summary>
internal sealed class IssuerDocuments : IDisposable
{
    private const int MostBytes = 256 * 1024;
    private const string Discovery = "/.well-known/openid-configuration";
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = MostBytes,
    };

    /// <summary>The issuer's exact name and its keys.</summary>
    /// <exception cref="InvalidDataException">What it publishes is not of this issuer, names no keys or an address that is not safe.</exception>
    public async Task<OpenIdConnectConfiguration> ReadAsync(JwtSettings issuer, CancellationToken cancellation)
    {
        if (issuer.Authority is null) return WithKeys(new OpenIdConnectConfiguration { Issuer = issuer.Issuer }, await KeysAsync(issuer.Keys, cancellation));
        OpenIdConnectConfiguration found = OpenIdConnectConfiguration.Create(
            await _client.GetStringAsync(new Uri(issuer.Authority.TrimEnd('/') + Discovery), cancellation));
        // Otherwise anything that answers at the authority could speak for another issuer (OpenID Connect Discovery 4.3).
        if (!issuer.IsNamed(found.Issuer)) throw new InvalidDataException("The issuer's metadata names another issuer.");
        if (!Uri.TryCreate(found.JwksUri, UriKind.Absolute, out Uri? keys) || !IsSafe(keys)) throw new InvalidDataException(
            "The issuer's metadata names no address of keys that is https.");
        return WithKeys(new OpenIdConnectConfiguration { Issuer = found.Issuer }, await _client.GetStringAsync(keys, cancellation));
    }

    public void Dispose() => _client.Dispose();

    private Task<string> KeysAsync(string keys, CancellationToken cancellation) => Path.IsPathRooted(keys)
        ? File.ReadAllTextAsync(keys, cancellation) : _client.GetStringAsync(new Uri(keys), cancellation);

    private static OpenIdConnectConfiguration WithKeys(OpenIdConnectConfiguration issuer, string text)
    {
        // Only public keys of asymmetric kinds: with a symmetric one, anybody who knows it could sign.
        foreach (JsonWebKey key in new JsonWebKeySet(text).Keys.Where(k => k.Kty is "RSA" or "EC" && k.Use is null or "" or "sig")) issuer.SigningKeys.Add(key);
        return issuer;
    }

    private static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && LoopbackHost.IsLiteral(address));
}
