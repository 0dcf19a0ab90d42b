using System.Collections.Immutable;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ProvisioningConnector.Engine.Access;
using ProvisioningConnector.Host.Configuration;

namespace ProvisioningConnector.Host.Facade.Access;

/// <summary>
/// JWT bearer tokens: issuer, audience and lifetime must be right, the signature must be asymmetric and of the issuer's present keys, and at least
/// one role must be mapped to rights. The one file (with <see cref="SigningKeys"/>) that knows the token library.
/// </summary>
internal sealed class JwtCheck(JwtSettings settings, SigningKeys keys, TimeProvider time) : ITokenCheck
{
    private const int MostLength = 16 * 1024;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);
    private static readonly ImmutableHashSet<string> Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MostLength };

    public async ValueTask<TokenVerdict> CheckAsync(string token, CancellationToken cancellation)
    {
        if (token.Length > MostLength || Parse(token) is not { } parsed || !Algorithms.Contains(parsed.Alg)) return new TokenVerdict.Wrong();
        if (await keys.ForAsync(parsed.Kid, cancellation) is not { } signing) return new TokenVerdict.NoKeys();
        TokenValidationResult result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = settings.Issuer, ValidAudience = settings.Audience, IssuerSigningKeys = signing, ClockSkew = Skew,
            RequireExpirationTime = true, RequireSignedTokens = true, ValidateIssuerSigningKey = true, LifetimeValidator = IsNow,
        });
        return result.IsValid && Caller(parsed) is { } caller ? new TokenVerdict.Right(caller) : new TokenVerdict.Wrong();
    }

    private bool IsNow(DateTime? from, DateTime? until, SecurityToken token, TokenValidationParameters how)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        return until is { } end && now < end + Skew && (from is not { } begin || now >= begin - Skew);
    }

    private Caller.Jwt? Caller(JsonWebToken token)
    {
        Dictionary<string, ImmutableArray<Right>> grants = new(StringComparer.OrdinalIgnoreCase);
        // "scp" is one text with blanks, "roles" a list.
        foreach (string role in token.Claims.Where(c => c.Type == settings.RoleClaim).SelectMany(c => c.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!settings.Roles.TryGetValue(role, out ImmutableSortedDictionary<string, ImmutableArray<Right>>? mapped)) continue;
            foreach ((string tenant, ImmutableArray<Right> rights) in mapped) grants[tenant] = [.. grants.GetValueOrDefault(tenant, []).Union(rights)];
        }

        string? subject = token.Claims.FirstOrDefault(c => c.Type == "sub")?.Value;
        return grants.Count == 0 || string.IsNullOrWhiteSpace(subject) ? null : new Caller.Jwt(Plain(subject), grants.ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase));
    }

    private static string Plain(string subject) => string.Concat(subject.Where(c => !char.IsControl(c)).Take(100));

    private static JsonWebToken? Parse(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or System.Text.Json.JsonException or InvalidOperationException)
        {
            // No token at all.
            return null;
        }
    }
}
