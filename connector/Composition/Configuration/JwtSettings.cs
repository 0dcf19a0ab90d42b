using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Access;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>An issuer of JWT bearer tokens. Its keys come from <paramref name="Authority"/> (OpenID Connect Discovery) or from
/// <paramref name="Keys"/>.</summary>
/// <param name="Name">Its name under <c>Facade:Issuers</c>; empty: it is the one of <c>Facade:Jwt</c>.</param>
/// <param name="Issuer">The issuer's name, as its tokens have it in <c>iss</c>; where the configuration does not say it, the authority.</param>
/// <param name="Authority">An https address (http on loopback only) under which the issuer's metadata are found; null: <paramref name="Keys"/> has the
/// keys.</param>
/// <param name="Audience">The only audience that counts.</param>
/// <param name="Keys">JWKS: an https address (http on loopback only), or an absolute path.</param>
/// <param name="RoleClaim">Claim with the caller's roles.</param>
/// <param name="Roles">What a role may do, by tenant.</param>
internal sealed record JwtSettings(string Name, string Issuer, string? Authority, string Audience, string Keys, string RoleClaim,
    ImmutableDictionary<string, ImmutableSortedDictionary<string, ImmutableArray<Right>>> Roles)
{
    /// <summary>Where it stands in the configuration.</summary>
    public string Setting => Name.Length == 0 ? "Facade:Jwt" : $"Facade:Issuers:{Name}";

    /// <summary>Whether a name means this issuer; a slash at the end makes no difference here, and decides when a token is checked.</summary>
    public bool IsNamed(string? name) => string.Equals(name?.TrimEnd('/'), Issuer.TrimEnd('/'), StringComparison.Ordinal);
}
