using System.Collections.Immutable;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ProvisioningConnector.Facade.Authentication;

/// <summary>How tokens of an issuer are checked: issuer, audience and lifetime must be right, the signature must be asymmetric, of a listed algorithm and of
/// the issuer's present keys.</summary>
internal static class TokenRules
{
    private const int MostLength = 16 * 1024;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    public static ImmutableHashSet<string> Algorithms { get; } = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    public static void Set(JwtBearerOptions options, TokenIssuer issuer, TokenIssuers issuers, TimeProvider time)
    {
        options.ConfigurationManager = issuer.Keys;
        options.RefreshOnIssuerKeyNotFound = false;
        options.SaveToken = false;
        options.MapInboundClaims = false;
        options.Events = new TokenEvents(issuer, issuers);
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new JsonWebTokenHandler { MaximumTokenSizeInBytes = MostLength, MapInboundClaims = false });
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = issuer.Settings.Audience, ValidAlgorithms = [.. Algorithms], ClockSkew = Skew,
            RequireExpirationTime = true, RequireSignedTokens = true, ValidateIssuerSigningKey = true,
            // No verifier is kept for the whole process: a key that was replaced, perhaps under its old id, counts at once.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            LifetimeValidator = (from, until, _, _) => IsNow(from, until, time.GetUtcNow().UtcDateTime),
        };
    }

    /// <summary>A token that never expires is none; <c>nbf</c> may be missing.</summary>
    private static bool IsNow(DateTime? from, DateTime? until, DateTime now) =>
        until is { } end && now - Skew < end && (from is not { } begin || now + Skew >= begin);
}
