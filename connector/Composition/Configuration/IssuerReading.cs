using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads <c>Facade:Jwt</c> and <c>Facade:Issuers</c>: whose bearer tokens count.</summary>
internal static class IssuerReading
{
    /// <param name="facade">The section <c>Facade</c>.</param>
    /// <param name="tenants">Names of all tenants.</param>
    public static ImmutableArray<JwtSettings> Read(SettingsSection facade, string[] tenants)
    {
        bool hasOne = facade.Exists("Jwt");
        SettingsSection section = facade.Section("Jwt", "an issuer of JWT bearer tokens, beside keys: [tokens](facade.md#tokens)", orNull: true);
        JwtSettings one = Issuer("", section, tenants, hasOne);
        ImmutableArray<JwtSettings> several =
        [
            .. facade.Named("Issuers", "further issuers of tokens, by name; their callers are `jwt:NAME:SUBJECT`")
                .Select(i => Issuer(i.Name, i.Section, tenants, isWanted: true)),
        ];
        return Distinct(facade, hasOne ? [one, .. several] : several);
    }

    private static JwtSettings Issuer(string name, SettingsSection section, string[] tenants, bool isWanted)
    {
        string issuer = section.TextOr("Issuer", string.Empty, "the only issuer that counts; without it `Authority`");
        string authority = section.TextOr("Authority", string.Empty,
            "the issuer's https address, under which its metadata and keys are found (OpenID Connect Discovery)");
        JwtSettings jwt = new(name, issuer.Length == 0 ? authority : issuer, authority.Length == 0 ? null : authority,
            section.TextOr("Audience", string.Empty, "the only audience that counts"),
            section.TextOr("Keys", string.Empty, "instead of `Authority`, with `Issuer`: the JWKS, an https address or a file"),
            section.TextOr("RoleClaim", "roles", "the claim with the caller's roles"),
            section.Named("Roles", "what a role may do").ToImmutableDictionary(r => r.Name, r => Role(r.Section, tenants), StringComparer.Ordinal));
        section.NoOthers();
        return isWanted ? Checked(jwt, section) : jwt;
    }

    private static JwtSettings Checked(JwtSettings jwt, SettingsSection section)
    {
        if (jwt.Audience.Length == 0) section.Bad("Audience", "To accept tokens, set the Audience that they are issued for.");
        if (jwt.Roles.IsEmpty) section.Bad("Roles", "No role has rights, so no token could do anything. Add Roles.");
        if (jwt.Authority is { } authority)
        {
            if (jwt.Keys.Length > 0) section.Bad("Keys", "The keys come from the Authority. Leave out Keys, or use Issuer and Keys without an Authority.");
            if (!Uri.TryCreate(authority, UriKind.Absolute, out Uri? place) || !IsSafe(place)) section.Bad("Authority",
                $"'{authority}' is not valid: it must be an https address (http only at a literal loopback address), such as "
                + "https://login.microsoftonline.com/TENANT-ID/v2.0.");
            return jwt;
        }

        foreach ((string key, string value) in new[] { ("Issuer", jwt.Issuer), ("Keys", jwt.Keys) })
        {
            if (value.Length == 0) section.Bad(key,
                "To accept tokens, set Authority (the issuer's address), or Issuer and Keys (the address or the file of the JWKS).");
        }

        if (!Uri.TryCreate(jwt.Keys, UriKind.Absolute, out Uri? address) || address.IsFile)
            return jwt with { Keys = jwt.Keys.Length == 0 ? jwt.Keys : section.Rooted("Keys", jwt.Keys) };
        if (!IsSafe(address)) section.Bad("Keys",
            $"'{jwt.Keys}' is not valid: keys are fetched by https (http only from a literal loopback address), or read from a file.");
        return jwt;
    }

    private static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && LoopbackHost.IsLiteral(address));

    private static ImmutableArray<JwtSettings> Distinct(SettingsSection facade, ImmutableArray<JwtSettings> issuers)
    {
        foreach (JwtSettings twice in issuers.Where(i => i.Issuer.Length > 0 && issuers.First(other => other.IsNamed(i.Issuer)) != i))
            facade.Below("Issuers").Below(twice.Name).Bad("Issuer", $"'{twice.Issuer}' is named twice. Each issuer needs one entry.");
        return issuers;
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<Right>> Role(SettingsSection section, string[] tenants)
    {
        ImmutableArray<Right> rights = [];
        ImmutableArray<string> names = section.List("Rights", $"the [rights](facade.md#rights): {string.Join(", ", Rights.All.Select(r => $"`{r.Name()}`"))}");
        if (!Rights.TryReadList(string.Join(',', names), out rights, out string problem)) section.Bad("Rights", problem);
        ImmutableSortedDictionary<string, ImmutableArray<Right>>.Builder grants =
            ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<Right>>(StringComparer.OrdinalIgnoreCase);
        foreach (string tenant in section.List("Tenants", "names under `Tenants`"))
        {
            if (!tenants.Contains(tenant, StringComparer.OrdinalIgnoreCase)) section.Bad("Tenants",
                $"There is no tenant '{tenant}'. {Suggestion.Hint(tenant, tenants)}");
            grants[tenant] = rights;
        }

        if (grants.Count == 0) section.Bad("Tenants", "Name the tenants that this role may work with.");
        section.NoOthers();
        return grants.ToImmutable();
    }
}
