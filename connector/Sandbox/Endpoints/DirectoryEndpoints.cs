using System.Text.Json;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Endpoints;

internal static class DirectoryEndpoints
{
    public static Answer Organization(Call call, Site site)
    {
        if (call.Segments.Length == 2 && (!Guid.TryParse(call.Segments[1], out var id) || id != site.Tenant.TenantId))
            return Refusal.DirectoryMissing(call, site, call.Segments[1]);
        return Answer.Object(200, (call, site), static (w, s) =>
        {
            var one = s.call.Segments.Length == 2;
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
        foreach (var id in s_configurations)
        {
            w.WriteStartObject();
            Configuration(w, id, s.site.Settings);
            w.WriteEndObject();
        }
        w.WriteEndArray();
    });

    public static Answer MethodPolicy(Call call, Site site) =>
        s_configurations.FirstOrDefault(c => c.Equals(call.Segments[3], StringComparison.OrdinalIgnoreCase)) is { } id
            ? Answer.Object(200, (id, site), static (w, s) => Configuration(w, s.id, s.site.Settings))
            : Refusal.DirectoryMissing(call, site, call.Segments[3]);

    private static readonly string[] s_configurations = ["Fido2", "MicrosoftAuthenticator", "Sms", "Voice", "Email", "TemporaryAccessPass", "SoftwareOath", "HardwareOath"];

    private static void Configuration(Utf8JsonWriter w, string id, SandboxSettings settings)
    {
        var phone = id is "Sms" or "Voice";
        var type = id is "Fido2" ? "fido2" : char.ToLowerInvariant(id[0]) + id[1..];
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
