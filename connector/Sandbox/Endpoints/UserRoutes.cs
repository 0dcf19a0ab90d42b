using ProvisioningConnector.Sandbox.Http;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>Everything under <c>/users</c>.</summary>
internal static class UserRoutes
{
    private static readonly Route s_list = Route.Read("users.list", UserList.Answer);
    private static readonly Route s_count = Route.Read("users.count", UserList.Count);
    private static readonly Route s_read = Route.Read("user.read", UserEndpoints.Read);
    private static readonly Route s_update = Route.Write("user.update", UserEndpoints.Update);

    private static readonly Route s_missing = Route.Read("user.missing", static (call, site) =>
        Refusal.DirectoryMissing(call, site, call.Segments[1]));

    private static readonly Route s_missingMethods = Route.Read("user.missing", static (call, site) =>
        Refusal.Of(call, site, site.Settings.Errors.MissingUser, call.Segments[1]));

    public static Route Match(Call call, Site site)
    {
        var s = call.Segments;
        if (s.Length == 1) return Verbs.Of(call, get: s_list);
        if (s.Length == 2 && s[1] == "$count") return Verbs.Of(call, get: s_count);
        // A name that begins with $ is only understood as a key: users('$x@contoso.com') (graph-facts 1.2).
        if (s[1].StartsWith('$') && !call.Target.Contains("users(", StringComparison.OrdinalIgnoreCase)) return Route.Unknown;
        call.Subject = site.Directory.Find(s[1]);
        var authentication = s.Length > 2 && s[2].Equals("authentication", StringComparison.OrdinalIgnoreCase);
        if (call.Subject is null) return authentication ? s_missingMethods : s_missing;
        if (s.Length == 2) return Verbs.Of(call, get: s_read, patch: s_update);
        return authentication ? AuthenticationRoutes.Match(call, site) : Route.Unknown;
    }
}
