using System.Globalization;
using ProvisioningConnector.Sandbox.Filters;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>Active directory role assignments; principals are users, groups or service principals.</summary>
internal static class RoleEndpoints
{
    public static Answer List(Call call, Site site)
    {
        var size = 100;
        if (call.Query["top"] is { } top && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > 999))
            return Refusal.BadRequest(call, site, "Invalid page size specified.");
        var start = 0;
        if (call.Query["skiptoken"] is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start))
            return Refusal.BadRequest(call, site, "Invalid $skiptoken.");
        List<SandboxRoleAssignment> roles;
        try
        {
            var filter = call.Query["filter"] is { } text ? FilterParser.Parse(text) : null;
            roles = [.. site.Directory.Roles.Where(r => filter is null || filter.Holds(name => Value(r, name)))];
        }
        catch (FilterException e)
        {
            return Refusal.BadRequest(call, site, e.Message);
        }
        return Answer.Object(200, (call, site, roles, start, size), static (w, s) =>
        {
            w.WriteString("@odata.context", s.site.Context(s.call, "roleManagement/directory/roleAssignments"));
            if (s.start + s.size < s.roles.Count)
                w.WriteString("@odata.nextLink", $"{s.site.LinkRoot(s.call)}/roleManagement/directory/roleAssignments?{s.call.Query.With("skiptoken", (s.start + s.size).ToString(CultureInfo.InvariantCulture))}");
            w.WriteStartArray("value");
            foreach (var role in s.roles.Skip(s.start).Take(s.size))
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
