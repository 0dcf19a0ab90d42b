using System.Text.Json;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>Everything under <c>/users</c>.</summary>
internal static class UserRoutes
{
    private static readonly Route List = Route.Read("users.list", UserList.Answer);
    private static readonly Route Count = Route.Read("users.count", UserList.Count);
    private static readonly Route Read = Route.Read("user.read", DirectoryUserEndpoints.Read);
    private static readonly Route Update = Route.Write("user.update", DirectoryUserEndpoints.Update);

    private static readonly Route Missing = Route.Read("user.missing", static (call, site) =>
        Refusal.DirectoryMissing(call, site, call.Segments[1]));

    private static readonly Route MissingMethods = Route.Read("user.missing", static (call, site) =>
        Refusal.Create(call, site, site.Settings.Errors.MissingUser, call.Segments[1]));

    public static Route Match(Call call, Site site)
    {
        string[] s = call.Segments;
        if (s.Length == 1) return Verbs.Select(call, get: List);
        if (s.Length == 2 && s[1] == "$count") return Verbs.Select(call, get: Count);
        // A name that begins with $ is only understood as a key: users('$x@contoso.com') (docs/graph.md#behaviour-of-reads).
        if (s[1].StartsWith('$') && !call.Target.Contains("users(", StringComparison.OrdinalIgnoreCase)) return Route.Unknown;
        call.Subject = site.Directory.Find(s[1]);
        bool authentication = s.Length > 2 && s[2].Equals("authentication", StringComparison.OrdinalIgnoreCase);
        if (call.Subject is null) return authentication ? MissingMethods : Missing;
        if (s.Length == 2) return Verbs.Select(call, get: Read, patch: Update);
        return authentication ? AuthenticationRoutes.Match(call, site) : Route.Unknown;
    }
}

/// <summary>One user of the directory.</summary>
internal static class DirectoryUserEndpoints
{
    public static Answer Read(Call call, Site site) =>
        Answer.Object(200, (call, site), static (w, s) =>
        {
            w.WriteString("@odata.context", s.site.Context(s.call, "users/$entity"));
            new UserShape(s.call.Query["select"]).Write(w, s.call.User);
        });

    /// <summary>Only <c>passwordProfile</c> matters here: the app-only way to a new password (docs/graph.md#password-reset).</summary>
    public static Answer Update(Call call, Site site)
    {
        using JsonDocument? body = call.ReadBody();
        if (body is null) return Refusal.BadBody(call, site);
        if (!body.RootElement.TryGetProperty("passwordProfile", out JsonElement profile) || profile.ValueKind != JsonValueKind.Object)
            return Refusal.BadRequest(call, site, "The sandbox changes only passwordProfile of a user.");
        if (profile.TryGetProperty("password", out JsonElement password))
        {
            if (PasswordRules.Weak(password.ValueKind == JsonValueKind.String ? password.Readable() ?? "" : ""))
                return Refusal.Create(call, site, 400, "Request_BadRequest",
                    "The specified password does not comply with password complexity requirements. Please provide a different password.");
            call.Applied = true;
            call.User.SetPassword(site.Now);
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
        int classes = (password.Any(char.IsAsciiLetterLower) ? 1 : 0) + (password.Any(char.IsAsciiLetterUpper) ? 1 : 0)
            + (password.Any(char.IsAsciiDigit) ? 1 : 0) + (password.Any(c => !char.IsAsciiLetterOrDigit(c)) ? 1 : 0);
        return password.Length < 8 || classes < 3 || password.Contains("password", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary><c>$orderby</c> of <c>/users</c>: one of the two names, ascending or descending. Everything else is refused, as by Graph.</summary>
internal sealed record UserListOrder(string Property, bool Descending)
{
    /// <summary>False when it cannot be understood; no order where none is asked for.</summary>
    public static bool TryParse(string? text, out UserListOrder? order)
    {
        order = null;
        if (text is null) return true;
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 1 or > 2 || (words.Length == 2 && words[1] is not ("asc" or "desc"))) return false;
        if (words[0] is not ("displayName" or "userPrincipalName")) return false;
        order = new UserListOrder(words[0], words is [_, "desc"]);
        return true;
    }

    public IReadOnlyList<SandboxUser> Sort(IReadOnlyList<SandboxUser> users)
    {
        List<SandboxUser> sorted = users.OrderBy(u => UserShape.Value(u, Property) as string, StringComparer.OrdinalIgnoreCase).ToList();
        if (Descending) sorted.Reverse();
        return sorted;
    }
}
