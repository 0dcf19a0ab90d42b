using System.Text.Json;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Tenant;

/// <summary>Writes a tenant as a seed that makes the same tenant again.</summary>
internal static class SeedWriter
{
    // So many users are written at a time, so that requests wait for a moment only, however large the tenant.
    private const int Portion = 2000;

    private static readonly PersonalFacts NoFacts = new();
    private static readonly GroupFacts NoGroupFacts = new();

    public static async Task WriteAsync(SandboxTenant tenant, Stream stream, CancellationToken cancellation)
    {
        UserDirectory directory = tenant.Directory;
        await using Utf8JsonWriter w = new Utf8JsonWriter(stream,
            new JsonWriterOptions { Indented = directory.Count < 1000, Encoder = SandboxJson.Options.Encoder });
        w.WriteStartObject();
        w.WriteString("tenantId", tenant.TenantId);
        w.WriteString("displayName", tenant.DisplayName);
        w.WritePropertyName("settings");
        JsonSerializer.Serialize(w, tenant.Settings, SandboxJson.Options);
        w.WriteStartArray("users");
        for (int place = 0, end = 0; place == end; end += Portion)
        {
            lock (tenant.Sync)
                for (; place < end + Portion && place < directory.Users.Count; place++)
                    if (directory.Users[place].Exists) User(w, directory.Users[place]);
            await w.FlushAsync(cancellation);
        }
        w.WriteEndArray();
        lock (tenant.Sync) Groups(w, directory);
        w.WriteEndObject();
        await w.FlushAsync(cancellation);
    }

    private static void Groups(Utf8JsonWriter w, UserDirectory directory)
    {
        w.WriteStartArray("groups");
        foreach (SandboxGroup group in directory.Groups.Values)
        {
            w.WriteStartObject();
            w.WriteString("id", group.Id);
            w.WriteString("displayName", group.DisplayName);
            w.WriteStartArray("members");
            foreach (Guid member in group.Members) w.WriteStringValue(member);
            w.WriteEndArray();
            if (group.Facts != NoGroupFacts)
            {
                w.WritePropertyName("facts");
                JsonSerializer.Serialize(w, group.Facts, SandboxJson.Options);
            }
            w.WriteEndObject();
        }
        w.WriteEndArray();
        Roles(w, "roleAssignments", directory.Roles);
        Roles(w, "roleEligibilities", directory.Eligibilities);
    }

    private static void Roles(Utf8JsonWriter w, string name, List<SandboxRoleAssignment> roles)
    {
        w.WriteStartArray(name);
        foreach (SandboxRoleAssignment role in roles)
        {
            w.WriteStartObject();
            w.WriteString("role", role.RoleDefinitionId);
            w.WriteString("principal", role.PrincipalId);
            w.WriteEndObject();
        }
        w.WriteEndArray();
    }

    private static void User(Utf8JsonWriter w, SandboxUser user)
    {
        UserCredentials c = user.Credentials;
        w.WriteStartObject();
        w.WriteString("id", user.Id);
        w.WriteString("userPrincipalName", user.UserPrincipalName);
        w.WriteString("displayName", user.DisplayName);
        Optional(w, "mail", user.Mail);
        Optional(w, "employeeId", user.EmployeeId);
        if (!user.AccountEnabled) w.WriteBoolean("accountEnabled", false);
        w.WriteString("userType", user.IsGuest ? "Guest" : "Member");
        if (user.OnPremisesSyncEnabled is { } synced) w.WriteBoolean("onPremisesSyncEnabled", synced);
        if (user.SmsSignInScope is { } scope) w.WriteBoolean("smsSignInScope", scope);
        if (c.Mobile is not null || c.Office is not null)
        {
            w.WriteStartObject("phones");
            Optional(w, "mobile", c.Mobile?.Number);
            Optional(w, "alternateMobile", c.AlternateMobile?.Number);
            Optional(w, "office", c.Office?.Number);
            if ((c.Mobile ?? c.Office)?.LastUsed is { } used) w.WriteString("lastUsed", used);
            w.WriteEndObject();
            if (c.Mobile is not null) w.WriteString("smsSignInState", c.Mobile.SmsSignIn.WireName());
        }
        Optional(w, "email", c.Email);
        if (c.Others.Length > 0)
        {
            w.WriteStartArray("methods");
            foreach (StoredMethod m in c.Others)
                JsonSerializer.Serialize(w, new SeedMethod
                {
                    Kind = MethodKindFacts.For(m.Kind).Name, Id = m.Id, DisplayName = m.DisplayName, Created = m.Created, LastUsed = m.LastUsed,
                    Properties = m.Properties, Pass = m.Pass,
                }, SandboxJson.Options);
            w.WriteEndArray();
        }
        Optional(w, "default", c.Default?.WireName());
        if (c.SystemPreferred) w.WriteBoolean("systemPreferred", true);
        if (c.PerUserMfa != "disabled") w.WriteString("perUserMfa", c.PerUserMfa);
        if (user.Personal != NoFacts)
        {
            w.WritePropertyName("personal");
            JsonSerializer.Serialize(w, user.Personal, SandboxJson.Options);
        }
        w.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter w, string name, string? value)
    {
        if (value is not null) w.WriteString(name, value);
    }
}
