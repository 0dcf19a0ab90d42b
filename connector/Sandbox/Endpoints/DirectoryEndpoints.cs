using System.Globalization;
using ProvisioningConnector.Sandbox.Filters;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

internal static class DirectoryEndpoints
{
    public static Answer Organization(Call call, Site site)
    {
        if (call.Segments.Length == 2 && (!Guid.TryParse(call.Segments[1], out Guid id) || id != site.Tenant.TenantId))
            return Refusal.DirectoryMissing(call, site, call.Segments[1]);
        return Answer.Object(200, (call, site), static (w, s) =>
        {
            bool one = s.call.Segments.Length == 2;
            w.WriteString("@odata.context", s.site.Context(s.call, one ? "organization/$entity" : "organization"));
            if (!one)
            {
                w.WriteStartArray("value");
                w.WriteStartObject();
            }
            w.WriteString("id", s.site.Tenant.TenantId);
            w.WriteString("displayName", s.site.Tenant.DisplayName);
            w.WriteString("tenantType", s.site.Settings.TenantType);
            if (one) return;
            w.WriteEndObject();
            w.WriteEndArray();
        });
    }
}

/// <summary>Active directory role assignments; principals are users, groups or service principals.</summary>
internal static class RoleEndpoints
{
    public static Answer List(Call call, Site site) => List(call, site, "roleAssignments", site.Directory.Roles);

    /// <summary>Roles that may be activated; they need a P2 licence.</summary>
    public static Answer Eligible(Call call, Site site) => site.Settings.Eligibilities
        ? List(call, site, "roleEligibilityScheduleInstances", site.Directory.Eligibilities)
        : Refusal.Create(call, site, 400, "AadPremiumLicenseRequired",
            "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.");

    private static Answer List(Call call, Site site, string name, List<SandboxRoleAssignment> all)
    {
        int size = 100;
        if (call.Query["top"] is { } top && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > 999))
            return Refusal.BadRequest(call, site, "Invalid page size specified.");
        int start = 0;
        if (call.Query["skiptoken"] is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start))
            return Refusal.BadRequest(call, site, "Invalid $skiptoken.");
        List<SandboxRoleAssignment> roles;
        try
        {
            ODataFilter? filter = call.Query["filter"] is { } text ? ODataFilterParser.Parse(text) : null;
            roles = [.. all.Where(r => filter is null || filter.Holds(name => Value(r, name)))];
        }
        catch (FilterException e)
        {
            return Refusal.BadRequest(call, site, e.Message);
        }
        return Answer.Object(200, (call, site, roles, start, size, name), static (w, s) =>
        {
            w.WriteString("@odata.context", s.site.Context(s.call, "roleManagement/directory/" + s.name));
            if (s.start + s.size < s.roles.Count)
                w.WriteString("@odata.nextLink",
                    $"{s.site.LinkRoot(s.call)}/roleManagement/directory/{s.name}?"
                    + $"{s.call.Query.With("skiptoken", (s.start + s.size).ToString(CultureInfo.InvariantCulture))}");
            w.WriteStartArray("value");
            foreach (SandboxRoleAssignment role in s.roles.Skip(s.start).Take(s.size))
            {
                w.WriteStartObject();
                w.WriteString("id", role.Id);
                w.WriteString("principalId", role.PrincipalId);
                w.WriteString("directoryScopeId", "/");
                w.WriteString("roleDefinitionId", role.RoleDefinitionId);
                if (s.call.Query["expand"]?.StartsWith("principal", StringComparison.OrdinalIgnoreCase) == true)
                {
                    w.WritePropertyName("principal");
                    GroupEndpoints.Principal(w, role.PrincipalId, s.site.Directory, new UserShape(null));
                }
                w.WriteEndObject();
            }
            w.WriteEndArray();
        });
    }

    private static string? Value(SandboxRoleAssignment role, string property) => property switch
    {
        "principalId" => role.PrincipalId.ToString(),
        "roleDefinitionId" => role.RoleDefinitionId.ToString(),
        "directoryScopeId" => "/",
        _ => throw new FilterException($"Could not find a property named '{property}'."),
    };
}
