using ProvisioningConnector.Sandbox.Endpoints;
using ProvisioningConnector.Sandbox.Http;

namespace ProvisioningConnector.Sandbox.Serving;

/// <summary>From path and method to the endpoint. Finds the user on the way.</summary>
internal static class Router
{
    public static Route Match(Call call, Site site)
    {
        string[] s = call.Segments;
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
            Incoming.NoVersion => AdminRoutes.Match(call),
            "identity" => DirectoryRoutes.Identity(call),
            _ => Route.Unknown,
        };
    }
}
