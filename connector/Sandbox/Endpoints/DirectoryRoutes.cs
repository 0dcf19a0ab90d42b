using ProvisioningConnector.Sandbox.Http;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>Organization, groups, role assignments and policies.</summary>
internal static class DirectoryRoutes
{
    private static readonly Route OrganizationRoute = Route.Read("organization.read", DirectoryEndpoints.Organization);
    private static readonly Route Group = Route.Read("group.read", GroupEndpoints.Read);
    private static readonly Route Members = Route.Read("group.members", GroupEndpoints.Members);
    private static readonly Route Transitive = Route.Read("group.transitiveMembers", GroupEndpoints.Members);
    private static readonly Route MemberOf = Route.Read("group.memberOf", GroupEndpoints.MemberOf);
    private static readonly Route Applications = Route.Read("group.applications", GroupEndpoints.Applications);
    private static readonly Route Add = Route.Write("group.add", GroupEndpoints.Add);
    private static readonly Route Remove = Route.Write("group.remove", GroupEndpoints.Remove);
    private static readonly Route RolesRoute = Route.Read("roles.list", RoleEndpoints.List);
    private static readonly Route Policy = Route.Read("policy.read", PolicyEndpoints.Policy);
    private static readonly Route MethodPolicy = Route.Read("policy.method", PolicyEndpoints.MethodPolicy);
    private static readonly Route Strengths = Route.Read("policy.strengths", PolicyEndpoints.Strengths);
    private static readonly Route Eligible = Route.Read("roles.eligible", RoleEndpoints.Eligible);
    private static readonly Route Registration = Route.Read("access.list", PolicyEndpoints.Registration);

    private static readonly Route MissingGroup = Route.Read("group.missing", static (call, site) =>
        Refusal.DirectoryMissing(call, site, call.Segments[1]));

    public static Route Organization(Call call) => call.Segments.Length <= 2 ? Verbs.Select(call, get: OrganizationRoute) : Route.Unknown;

    public static Route Groups(Call call, Site site)
    {
        string[] s = call.Segments;
        if (s.Length is < 2 or > 5) return Route.Unknown;
        if (site.Directory.FindGroup(s[1]) is null) return MissingGroup;
        if (s.Length == 2) return Verbs.Select(call, get: Group);
        if (s[^1].Equals("$ref", StringComparison.OrdinalIgnoreCase)) return References(call, site);
        if (s.Length == 5) return Route.Unknown;
        if (s.Length == 4 && !s[3].Equals("microsoft.graph.user", StringComparison.OrdinalIgnoreCase)) return Route.Unknown;
        return s[2].ToLowerInvariant() switch
        {
            "members" => Verbs.Select(call, get: Members),
            "transitivemembers" => Verbs.Select(call, get: Transitive),
            "transitivememberof" when s.Length == 3 => Verbs.Select(call, get: MemberOf),
            "approleassignments" when s.Length == 3 => Verbs.Select(call, get: Applications),
            _ => Route.Unknown,
        };
    }

    private static Route References(Call call, Site site)
    {
        string[] s = call.Segments;
        if (!s[2].Equals("members", StringComparison.OrdinalIgnoreCase)) return Route.Unknown;
        if (s.Length == 4) return Verbs.Select(call, post: Add);
        call.Subject = site.Directory.Find(s[3]);
        return Verbs.Select(call, delete: Remove);
    }

    public static Route Roles(Call call)
    {
        if (call.Segments is not [_, var directory, var list] || !directory.Equals("directory", StringComparison.OrdinalIgnoreCase)) return Route.Unknown;
        return list.ToLowerInvariant() switch
        {
            "roleassignments" => Verbs.Select(call, get: RolesRoute),
            "roleeligibilityscheduleinstances" => Verbs.Select(call, get: Eligible),
            _ => Route.Unknown,
        };
    }

    public static Route Identity(Call call) => call.Segments is [_, var access, var list]
        && access.Equals("conditionalAccess", StringComparison.OrdinalIgnoreCase) && list.Equals("policies", StringComparison.OrdinalIgnoreCase)
            ? Verbs.Select(call, get: Registration)
            : Route.Unknown;

    public static Route Policies(Call call)
    {
        string[] s = call.Segments;
        if (s.Length == 2 && s[1].Equals("authenticationStrengthPolicies", StringComparison.OrdinalIgnoreCase)) return Verbs.Select(call, get: Strengths);
        if (s.Length < 2 || !s[1].Equals("authenticationMethodsPolicy", StringComparison.OrdinalIgnoreCase)) return Route.Unknown;
        if (s.Length == 2) return Verbs.Select(call, get: Policy);
        return s.Length == 4 && s[2].Equals("authenticationMethodConfigurations", StringComparison.OrdinalIgnoreCase)
            ? Verbs.Select(call, get: MethodPolicy)
            : Route.Unknown;
    }
}
