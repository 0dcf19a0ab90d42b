using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>The authentication methods policy, and Conditional Access on registering security information.</summary>
internal static class PolicyEndpoints
{
    private static readonly string[] Configurations = ["Fido2", "MicrosoftAuthenticator", "Sms",
        "Voice", "Email", "TemporaryAccessPass", "SoftwareOath", "HardwareOath", "X509Certificate"];

    private static readonly MethodPolicySettings Everybody = new();

    public static Answer Policy(Call call, Site site) => Answer.Object(200, (call, site), static (w, s) =>
    {
        MethodsPolicySettings policy = s.site.Settings.Policy;
        w.WriteString("@odata.context", s.site.Context(s.call, "authenticationMethodsPolicy"));
        w.WriteString("id", "authenticationMethodsPolicy");
        w.WriteString("displayName", "Authentication Methods Policy");
        w.WriteString("policyVersion", "1.5");
        w.WriteString("policyMigrationState", policy.MigrationState);
        if (policy.Campaign is not null) Campaign(w, policy);
        if (s.call.Beta && policy.OptedOut is { } optedOut)
        {
            w.WriteStartObject("optOutSettings");
            w.WriteBoolean("passkeyDynamicMigration", optedOut);
            w.WriteEndObject();
        }
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

    public static Answer Registration(Call call, Site site) => Answer.Object(200,
        (call, site, policy: site.Settings.Policy), static (w, s) =>
        {
            w.WriteString("@odata.context", s.site.Context(s.call, "identity/conditionalAccess/policies"));
            w.WriteStartArray("value");
            foreach (RegistrationPolicySettings policy in s.policy.Registration ?? []) Registration(w, policy);
            foreach (AccessPolicySettings policy in s.policy.Access ?? []) Access(w, policy);
            w.WriteEndArray();
        });

    public static Answer Strengths(Call call, Site site) => Answer.Object(200, (call, site), static (w, s) =>
    {
        w.WriteString("@odata.context", s.site.Context(s.call, "policies/authenticationStrengthPolicies"));
        w.WriteStartArray("value");
        Strength(w, "Multifactor authentication", "builtIn", ["windowsHelloForBusiness", "fido2", "password,microsoftAuthenticatorPush", "password,sms"]);
        foreach ((string name, ImmutableArray<string> combinations) in s.site.Settings.Policy.Strengths
            ?? ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty) Strength(w, name, "custom", combinations);
        w.WriteEndArray();
    });

    private static void Strength(Utf8JsonWriter w, string name, string type, ImmutableArray<string> combinations)
    {
        w.WriteStartObject();
        w.WriteString("id", DerivedId.From("strength:" + name));
        w.WriteString("displayName", name);
        w.WriteString("policyType", type);
        Texts(w, "allowedCombinations", combinations);
        w.WriteEndObject();
    }

    private static void Campaign(Utf8JsonWriter w, MethodsPolicySettings policy)
    {
        w.WriteStartObject("registrationEnforcement");
        w.WriteStartObject("authenticationMethodsRegistrationCampaign");
        w.WriteString("state", policy.Campaign);
        w.WriteNumber("snoozeDurationInDays", 1);
        w.WriteStartArray("includeTargets");
        foreach (string group in policy.CampaignTargets ?? ["all_users"])
        {
            w.WriteStartObject();
            w.WriteString("id", group);
            w.WriteString("targetType", "group");
            w.WriteString("targetedAuthenticationMethod", policy.CampaignMethod);
            w.WriteEndObject();
        }
        w.WriteEndArray();
        w.WriteStartArray("excludeTargets");
        foreach (string group in policy.CampaignExclude ?? [])
        {
            w.WriteStartObject();
            w.WriteString("id", group);
            w.WriteString("targetType", "group");
            w.WriteEndObject();
        }
        w.WriteEndArray();
        w.WriteEndObject();
        w.WriteEndObject();
    }

    private static void Configuration(Utf8JsonWriter w, string id, SandboxSettings settings)
    {
        bool phone = id is "Sms" or "Voice";
        // Certificates are off unless they are configured.
        MethodPolicySettings? configured = settings.Policy.Methods?.GetValueOrDefault(id);
        MethodPolicySettings method = configured ?? Everybody;
        bool on = method.Enabled && (configured is not null || id != "X509Certificate") && (!phone || settings.PhonePolicy == PhonePolicy.On);
        string type = id is "Fido2" ? "fido2" : char.ToLowerInvariant(id[0]) + id[1..];
        w.WriteString("@odata.type", $"#microsoft.graph.{type}AuthenticationMethodConfiguration");
        w.WriteString("id", id);
        w.WriteString("state", on ? "enabled" : "disabled");
        if (id == "Fido2") w.WriteBoolean("isSelfServiceRegistrationAllowed", settings.Policy.PasskeySelfService);
        w.WriteStartArray("excludeTargets");
        foreach (string group in method.Exclude) Target(w, group, null);
        w.WriteEndArray();
        w.WriteStartArray("includeTargets");
        foreach (string group in method.Include)
            Target(w, group, id != "Sms" ? null : settings.SmsSignInForAll || method.SignIn.Contains(group, StringComparer.OrdinalIgnoreCase));
        w.WriteEndArray();
        if (id == "TemporaryAccessPass" && settings.Policy.Pass is { } pass)
        {
            w.WriteNumber("minimumLifetimeInMinutes", pass.MinimumLifetimeInMinutes);
            w.WriteNumber("maximumLifetimeInMinutes", pass.MaximumLifetimeInMinutes);
            w.WriteNumber("defaultLifetimeInMinutes", pass.DefaultLifetimeInMinutes);
            w.WriteNumber("defaultLength", pass.DefaultLength);
            w.WriteBoolean("isUsableOnce", pass.UsableOnce);
        }
        if (id == "Voice") w.WriteBoolean("isOfficePhoneAllowed", true);
    }

    private static void Target(Utf8JsonWriter w, string id, bool? signIn)
    {
        w.WriteStartObject();
        w.WriteString("targetType", "group");
        w.WriteString("id", id);
        w.WriteBoolean("isRegistrationRequired", false);
        if (signIn is { } usable) w.WriteBoolean("isUsableForSignIn", usable);
        w.WriteEndObject();
    }

    private static void Registration(Utf8JsonWriter w, RegistrationPolicySettings policy)
    {
        w.WriteStartObject();
        w.WriteString("id", DerivedId.From("policy:" + policy.DisplayName));
        w.WriteString("displayName", policy.DisplayName);
        w.WriteString("state", "enabled");
        w.WriteStartObject("conditions");
        w.WriteStartObject("applications");
        Texts(w, "includeApplications", []);
        Texts(w, "includeUserActions", ["urn:user:registersecurityinfo"]);
        w.WriteEndObject();
        w.WriteStartObject("users");
        Texts(w, "includeUsers", ["All"]);
        Texts(w, "excludeGroups", policy.Exclude);
        w.WriteEndObject();
        w.WriteEndObject();
        w.WriteStartObject("grantControls");
        w.WriteString("operator", "OR");
        Texts(w, "builtInControls", [policy.Blocks ? "block" : "mfa"]);
        w.WriteEndObject();
        w.WriteEndObject();
    }

    private static void Access(Utf8JsonWriter w, AccessPolicySettings policy)
    {
        w.WriteStartObject();
        w.WriteString("id", DerivedId.From("policy:" + policy.DisplayName));
        w.WriteString("displayName", policy.DisplayName);
        w.WriteString("state", policy.State);
        w.WriteStartObject("conditions");
        w.WriteStartObject("applications");
        Texts(w, "includeApplications", ["All"]);
        Texts(w, "includeUserActions", []);
        w.WriteEndObject();
        w.WriteStartObject("users");
        Texts(w, "includeUsers", policy.Include.IsEmpty ? ["All"] : []);
        Texts(w, "includeGroups", policy.Include);
        Texts(w, "excludeGroups", policy.Exclude);
        w.WriteEndObject();
        w.WriteEndObject();
        w.WriteStartObject("grantControls");
        w.WriteString("operator", "OR");
        Texts(w, "builtInControls", ["mfa"]);
        w.WriteEndObject();
        w.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter w, string name, ImmutableArray<string> values)
    {
        w.WriteStartArray(name);
        foreach (string value in values) w.WriteStringValue(value);
        w.WriteEndArray();
    }
}
