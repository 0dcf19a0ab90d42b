using ProvisioningConnector.Sandbox.Http;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>Organization, groups, role assignments and policies.</summary>
internal static class DirectoryRoutes
{
    private static readonly Route s_organization = Route.Read("organization.read", DirectoryEndpoints.Organization);
    private static readonly Route s_group = Route.Read("group.read", GroupEndpoints.Read);
    private static readonly Route s_members = Route.Read("group.members", GroupEndpoints.Members);
    private static readonly Route s_transitive = Route.Read("group.transitiveMembers", GroupEndpoints.Members);
    private static readonly Route s_roles = Route.Read("roles.list", RoleEndpoints.List);
    private static readonly Route s_policy = Route.Read("policy.read", DirectoryEndpoints.Policy);
    private static readonly Route s_methodPolicy = Route.Read("policy.method", DirectoryEndpoints.MethodPolicy);

    private static readonly Route s_missingGroup = Route.Read("group.missing", static (call, site) =>
        Refusal.DirectoryMissing(call, site, call.Segments[1]));

    public static Route Organization(Call call) => call.Segments.Length <= 2 ? Verbs.Of(call, get: s_organization) : Route.Unknown;

    public static Route Groups(Call call, Site site)
    {
        var s = call.Segments;
        if (s.Length is < 2 or > 4) return Route.Unknown;
        if (site.Directory.FindGroup(s[1]) is null) return s_missingGroup;
        if (s.Length == 2) return Verbs.Of(call, get: s_group);
        if (s.Length == 4 && !s[3].Equals("microsoft.graph.user", StringComparison.OrdinalIgnoreCase)) return Route.Unknown;
        return s[2].ToLowerInvariant() switch
        {
            "members" => Verbs.Of(call, get: s_members),
            "transitivemembers" => Verbs.Of(call, get: s_transitive),
            _ => Route.Unknown,
        };
    }

    public static Route Roles(Call call) => call.Segments is [_, var directory, var assignments]
        && directory.Equals("directory", StringComparison.OrdinalIgnoreCase)
        && assignments.Equals("roleAssignments", StringComparison.OrdinalIgnoreCase)
            ? Verbs.Of(call, get: s_roles)
            : Route.Unknown;

    public static Route Policies(Call call)
    {
        var s = call.Segments;
        if (s.Length < 2 || !s[1].Equals("authenticationMethodsPolicy", StringComparison.OrdinalIgnoreCase)) return Route.Unknown;
        if (s.Length == 2) return Verbs.Of(call, get: s_policy);
        return s.Length == 4 && s[2].Equals("authenticationMethodConfigurations", StringComparison.OrdinalIgnoreCase)
            ? Verbs.Of(call, get: s_methodPolicy)
            : Route.Unknown;
    }
}
