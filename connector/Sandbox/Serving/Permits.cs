using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Serving;

/// <summary>What the caller's permissions forbid.</summary>
internal static class Permits
{
    public static Answer? Refusal(Call call, Site site)
    {
        PermissionSettings permissions = site.Settings.Permissions;
        Access access = Needed(call.Route.Kind, permissions);
        if (access == Access.NotFound) return Sandbox.Http.Refusal.UnknownSegment(call, site, call.Segments[^1]);
        if (access == Access.Forbidden)
            return call.Subject is null
                ? Sandbox.Http.Refusal.Create(call, site, site.Settings.Errors.DirectoryForbidden)
                : Sandbox.Http.Refusal.Create(call, site, site.Settings.Errors.Forbidden);
        if (call.Route.Class != RouteClass.Write || call.Subject is null) return null;
        if (!permissions.Writes) return Sandbox.Http.Refusal.Create(call, site, site.Settings.Errors.Forbidden);
        return permissions.PrivilegedWrites != Access.Granted && site.Directory.IsPrivileged(call.Subject)
            ? Sandbox.Http.Refusal.Create(call, site, site.Settings.Errors.Forbidden)
            : null;
    }

    private static Access Needed(string kind, PermissionSettings p) => kind.AsSpan(0, Math.Max(0, kind.IndexOf('.', StringComparison.Ordinal))) switch
    {
        "roles" => p.Roles,
        "group" => kind is "group.add" or "group.remove" ? p.GroupWrites : p.Groups,
        "audit" => p.Audit,
        "registration" => p.Reports,
        "preferences" or "requirements" => p.Preferences,
        "hardwareOath" => p.HardwareOath,
        "qrCodePin" => p.QrCodePin,
        "policy" => p.Policy,
        "organization" => p.Organization,
        "access" => p.ConditionalAccess,
        _ => Access.Granted,
    };
}
