using System.Text.Json;
using ProvisioningConnector.Sandbox.Http;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>One user of the directory.</summary>
internal static class UserEndpoints
{
    public static Answer Read(Call call, Site site) =>
        Answer.Object(200, (call, site), static (w, s) =>
        {
            w.WriteString("@odata.context", s.site.Context(s.call, "users/$entity"));
            new UserShape(s.call.Query["select"]).Write(w, s.call.User);
        });

    /// <summary>Only <c>passwordProfile</c> matters here: the app-only way to a new password (graph-facts 5).</summary>
    public static Answer Update(Call call, Site site)
    {
        using var body = call.ReadBody();
        if (body is null) return Refusal.BadBody(call, site);
        if (!body.RootElement.TryGetProperty("passwordProfile", out var profile) || profile.ValueKind != JsonValueKind.Object)
            return Refusal.BadRequest(call, site, "The sandbox changes only passwordProfile of a user.");
        if (profile.TryGetProperty("password", out var password))
        {
            if (PasswordRules.Weak(password.ValueKind == JsonValueKind.String ? password.Readable() ?? "" : ""))
                return Refusal.Of(call, site, 400, "Request_BadRequest", "The specified password does not comply with password complexity requirements. Please provide a different password.");
            call.Applied = true;
            call.User.PasswordChanges++;
            site.Tenant.Changed();
        }
        return Answer.NoContent();
    }
}

/// <summary>A stand-in for the tenant's rules: eight characters of three classes, and not a well-known word.</summary>
internal static class PasswordRules
{
    public static bool Weak(string password)
    {
        var classes = (password.Any(char.IsAsciiLetterLower) ? 1 : 0) + (password.Any(char.IsAsciiLetterUpper) ? 1 : 0)
            + (password.Any(char.IsAsciiDigit) ? 1 : 0) + (password.Any(c => !char.IsAsciiLetterOrDigit(c)) ? 1 : 0);
        return password.Length < 8 || classes < 3 || password.Contains("password", StringComparison.OrdinalIgnoreCase);
    }
}
