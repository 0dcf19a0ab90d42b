using System.Collections.Immutable;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;

namespace ProvisioningConnector.Facade.Access;

/// <summary>
/// JWT bearer tokens: issuer, audience and lifetime must be right, the signature must be asymmetric and of the issuer's present keys, and at least
/// one role must be mapped to rights. The one file (with <see cref="SigningKeys"/>) that knows the token library.
/// </summary>
internal sealed class JwtCheck(JwtSettings settings, SigningKeys keys, TimeProvider time) : ITokenCheck
{
    private const int MostLength = 16 * 1024;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);
    private static readonly ImmutableHashSet<string> Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    // No verifier is kept for the whole process: a key that was replaced, perhaps under its old id, counts at once.
    private readonly CryptoProviderFactory _crypto = new() { CacheSignatureProviders = false };
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MostLength };

    public async ValueTask<TokenVerdict> CheckAsync(string token, CancellationToken cancellation)
    {
        if (token.Length > MostLength || TokenText.Read(token) is not { } shown || !Algorithms.Contains(shown.Algorithm)) return new TokenVerdict.Wrong();
        if (await keys.ForAsync(shown.KeyId, cancellation) is not { } signing) return new TokenVerdict.NoKeys();
        TokenValidationResult result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = settings.Issuer, ValidAudience = settings.Audience, IssuerSigningKeys = signing, ClockSkew = Skew,
            RequireExpirationTime = true, RequireSignedTokens = true, ValidateIssuerSigningKey = true,
            CryptoProviderFactory = _crypto, LifetimeValidator = (_, _, _, _) => IsNow(shown),
        });
        return result.IsValid && Caller(shown) is { } caller ? new TokenVerdict.Right(caller) : new TokenVerdict.Wrong();
    }

    /// <summary>A token that never expires is none; <c>nbf</c> may be missing.</summary>
    private bool IsNow(TokenText token)
    {
        double now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        return token.Expires is { } end && now < end + Skew.TotalSeconds && (token.NotBefore is not { } begin || now >= begin - Skew.TotalSeconds);
    }

    private Caller.Jwt? Caller(TokenText token)
    {
        Dictionary<string, ImmutableArray<Right>> grants = new(StringComparer.OrdinalIgnoreCase);
        foreach (string role in token.Words(settings.RoleClaim))
        {
            if (!settings.Roles.TryGetValue(role, out ImmutableSortedDictionary<string, ImmutableArray<Right>>? mapped)) continue;
            foreach ((string tenant, ImmutableArray<Right> rights) in mapped) grants[tenant] = [.. grants.GetValueOrDefault(tenant, []).Union(rights)];
        }

        return grants.Count == 0 || string.IsNullOrWhiteSpace(token.Subject)
            ? null : new Caller.Jwt(Plain(token.Subject), grants.ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase));
    }

    private static string Plain(string subject) => string.Concat(subject.EnumerateRunes().Where(r => !Rune.IsControl(r)).Take(100));
}
