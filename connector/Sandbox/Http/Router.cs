namespace ProvisioningConnector.Sandbox;

/// <summary>From path and method to the endpoint. Finds the user on the way.</summary>
internal static class Router
{
    public static Route Match(Call call, Site site)
    {
        var s = call.Segments;
        if (s.Length == 0) return Route.Unknown;
        return s[0].ToLowerInvariant() switch
        {
            "users" => UserRoutes.Match(call, site),
            "organization" => DirectoryRoutes.Organization(call),
            "groups" => DirectoryRoutes.Groups(call, site),
            "rolemanagement" => DirectoryRoutes.Roles(call),
            "reports" => ReportRoutes.Registration(call, site),
            "auditlogs" => ReportRoutes.Audits(call),
            "policies" => DirectoryRoutes.Policies(call),
            _ => Route.Unknown,
        };
    }

    /// <summary>The route of the verb, or the refusal of a verb that the resource does not have.</summary>
    public static Route Verbs(Call call, Route? get = null, Route? post = null, Route? patch = null, Route? delete = null, Route? put = null) =>
        call.Method switch
        {
            "GET" => get,
            "POST" => post,
            "PATCH" => patch,
            "DELETE" => delete,
            "PUT" => put,
            _ => null,
        } ?? WrongVerb;

    public static Route WrongVerb { get; } = new("unknown", RouteClass.Read, static (call, site) =>
        Refusal.Of(call, site, site.Settings.Errors.WrongVerb, call.Target));

    /// <summary>Graph's routing error of the authentication methods, which names an internal host (graph-facts 4).</summary>
    public static Route NoResource { get; } = new("unknown", RouteClass.Read, static (call, site) =>
        Refusal.Of(call, site, site.Settings.Errors.NoRoute, string.Join('/', call.Segments)));
}
