using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Filters;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

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
            w.WriteString("tenantType", "AAD");
            if (one) return;
            w.WriteEndObject();
            w.WriteEndArray();
        });
    }

    public static Answer Policy(Call call, Site site) => Answer.Object(200, (call, site), static (w, s) =>
    {
        w.WriteString("@odata.context", s.site.Context(s.call, "authenticationMethodsPolicy"));
        w.WriteString("id", "authenticationMethodsPolicy");
        w.WriteString("displayName", "Authentication Methods Policy");
        w.WriteString("policyVersion", "1.5");
        w.WriteString("policyMigrationState", "migrationComplete");
        w.WriteStartArray("authenticationMethodConfigurations");
        foreach (string id in Configurations)
        {
            w.WriteStartObject();
            Configuration(w, id, s.site.Settings);
            w.WriteEndObject();
        }
        w.WriteEndArray();
    });

    public static Answer MethodPolicy(Call call, Site site) =>
        Configurations.FirstOrDefault(c => c.Equals(call.Segments[3], StringComparison.OrdinalIgnoreCase)) is { } id
            ? Answer.Object(200, (id, site), static (w, s) => Configuration(w, s.id, s.site.Settings))
            : Refusal.DirectoryMissing(call, site, call.Segments[3]);

    private static readonly string[] Configurations = ["Fido2", "MicrosoftAuthenticator", "Sms",
        "Voice", "Email", "TemporaryAccessPass", "SoftwareOath", "HardwareOath"];

    private static void Configuration(Utf8JsonWriter w, string id, SandboxSettings settings)
    {
        bool phone = id is "Sms" or "Voice";
        string type = id is "Fido2" ? "fido2" : char.ToLowerInvariant(id[0]) + id[1..];
        w.WriteString("@odata.type", $"#microsoft.graph.{type}AuthenticationMethodConfiguration");
        w.WriteString("id", id);
        w.WriteString("state", phone && settings.PhonePolicy != PhonePolicy.On ? "disabled" : "enabled");
        w.WriteStartArray("excludeTargets");
        w.WriteEndArray();
        w.WriteStartArray("includeTargets");
        w.WriteStartObject();
        w.WriteString("targetType", "group");
        w.WriteString("id", "all_users");
        w.WriteBoolean("isRegistrationRequired", false);
        if (id == "Sms") w.WriteBoolean("isUsableForSignIn", settings.SmsSignInForAll);
        w.WriteEndObject();
        w.WriteEndArray();
        if (id == "Voice") w.WriteBoolean("isOfficePhoneAllowed", true);
    }
}

internal static class GroupEndpoints
{
    public static Answer Read(Call call, Site site) => Answer.Object(200, (call, site), static (w, s) =>
    {
        w.WriteString("@odata.context", s.site.Context(s.call, "groups/$entity"));
        w.WriteString("id", Group(s.call, s.site).Id);
        w.WriteString("displayName", Group(s.call, s.site).DisplayName);
    });

    /// <summary>Direct or transitive members; the cast <c>/microsoft.graph.user</c> leaves out groups.</summary>
    public static Answer Members(Call call, Site site)
    {
        SandboxGroup group = Group(call, site);
        IEnumerable<Guid> ids = call.Segments[2].StartsWith("transitive", StringComparison.OrdinalIgnoreCase)
            ? site.Directory.TransitiveMembers(group.Id).AsEnumerable()
            : group.Members;
        List<Guid> members = ids.Where(id => call.Segments.Length == 3 || site.Directory.Find(id) is not null).ToList();
        int size = 100;
        if (call.Query["top"] is { } top && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > 999))
            return Refusal.BadRequest(call, site, "Invalid page size specified.");
        int start = 0;
        if (call.Query["skiptoken"] is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start))
            return Refusal.BadRequest(call, site, "Invalid $skiptoken.");
        return Answer.Object(200, (call, site, members, start, size), static (w, s) =>
        {
            w.WriteString("@odata.context", s.site.Context(s.call, "directoryObjects"));
            if (s.start + s.size < s.members.Count)
                w.WriteString("@odata.nextLink",
                    $"{s.site.LinkRoot(s.call)}/{string.Join('/', s.call.Segments)}?{s.call.Query.With("skiptoken", (s.start + s.size).ToString(CultureInfo.InvariantCulture))}");
            w.WriteStartArray("value");
            UserShape shape = new UserShape(s.call.Query["select"]);
            foreach (Guid id in s.members.Skip(s.start).Take(s.size)) Principal(w, id, s.site.Directory, shape);
            w.WriteEndArray();
        });
    }

    public static void Principal(Utf8JsonWriter w, Guid id, UserDirectory directory, UserShape shape)
    {
        w.WriteStartObject();
        if (directory.Find(id) is { } user)
        {
            w.WriteString("@odata.type", "#microsoft.graph.user");
            shape.Write(w, user);
        }
        else
        {
            SandboxGroup? group = directory.Groups.GetValueOrDefault(id);
            w.WriteString("@odata.type", group is null ? "#microsoft.graph.servicePrincipal" : "#microsoft.graph.group");
            w.WriteString("id", id);
            w.WriteString("displayName", group?.DisplayName ?? "A service principal");
        }
        w.WriteEndObject();
    }

    private static SandboxGroup Group(Call call, Site site) =>
        site.Directory.FindGroup(call.Segments[1]) ?? throw new InvalidOperationException("The route has no group.");
}

/// <summary>Active directory role assignments; principals are users, groups or service principals.</summary>
internal static class RoleEndpoints
{
    public static Answer List(Call call, Site site)
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
            Filter? filter = call.Query["filter"] is { } text ? FilterParser.Parse(text) : null;
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
                w.WriteString("@odata.nextLink",
                    $"{s.site.LinkRoot(s.call)}/roleManagement/directory/roleAssignments?{s.call.Query.With("skiptoken", (s.start + s.size).ToString(CultureInfo.InvariantCulture))}");
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
