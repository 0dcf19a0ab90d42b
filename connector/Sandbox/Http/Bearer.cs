using System.Buffers.Text;
using System.Text.Json;

namespace ProvisioningConnector.Sandbox.Http;

/// <summary>The token check. No token is verified; one can be demanded word for word.</summary>
internal static class Bearer
{
    public static Answer? Refusal(Call call, Site site, string authorization, string? demanded)
    {
        if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || authorization.Length < 8)
            return Refused(call, site, "Access token is empty.");
        if (demanded is not null && !authorization.AsSpan(7).Trim().SequenceEqual(demanded))
            return Refused(call, site, "Access token validation failure. Invalid audience.");
        return site.Settings.Permissions.Consent ? null : Sandbox.Http.Refusal.Create(call, site, site.Settings.Errors.DirectoryForbidden);
    }

    /// <summary>Whether a JWT's claims show a signed-in person (<c>scp</c>); an opaque token counts as app-only.</summary>
    public static bool IsDelegated(string authorization)
    {
        int first = authorization.IndexOf('.', StringComparison.Ordinal);
        int last = authorization.LastIndexOf('.');
        if (first < 0 || last <= first) return false;
        try
        {
            using JsonDocument claims = JsonDocument.Parse(Base64Url.DecodeFromChars(authorization.AsSpan(first + 1, last - first - 1)));
            return claims.RootElement.ValueKind == JsonValueKind.Object && claims.RootElement.TryGetProperty("scp", out _);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return false; // Not a JWT after all.
        }
    }

    private static Answer Refused(Call call, Site site, string message) =>
        Sandbox.Http.Refusal.Create(call, site, 401, "InvalidAuthenticationToken", message)
            .With("WWW-Authenticate",
                "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", "
                + "client_id=\"00000003-0000-0000-c000-000000000000\"");
}
