using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Graph.Json;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>The authentication methods policy, from v1.0 and, for the opt-out, from beta.</summary>
internal static class PolicyJson
{
    /// <summary>Null: the answer lists no methods.</summary>
    public static TenantPolicy? Read(JsonElement root)
    {
        if (root.Part("authenticationMethodConfigurations").ValueKind != JsonValueKind.Array) return null;
        JsonElement sms = Method(root, "sms");
        JsonElement voice = Method(root, "voice");
        JsonElement passkey = Method(root, "fido2");
        JsonElement campaign = root.Part("registrationEnforcement").Part("authenticationMethodsRegistrationCampaign");
        return new TenantPolicy
        {
            Sms = Targets(sms), Voice = Targets(voice), Passkey = Targets(passkey), Certificate = Targets(Method(root, "x509Certificate")),
            Pass = Targets(Method(root, "temporaryAccessPass")),
            SmsSignIn = Ids(sms.Items("includeTargets").Where(static target => target.Flag("isUsableForSignIn") == true)),
            OfficeCalls = voice.Flag("isOfficePhoneAllowed") == true, MigrationState = root.Text("policyMigrationState"),
            PasskeySelfService = passkey.Flag("isSelfServiceRegistrationAllowed"), PasskeyUsableType = UsableType(passkey),
            PasskeyProfiles = passkey.Items("passkeyProfiles").Count(), TemporaryAccessPass = Enabled(Method(root, "temporaryAccessPass")),
            CampaignState = campaign.Text("state"), CampaignTargets = Ids(campaign.Items("includeTargets")),
            CampaignMethods = [.. campaign.Items("includeTargets").Select(static target => target.Text("targetedAuthenticationMethod"))
                .OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
        };
    }

    public static bool? OptedOut(JsonElement root) => root.Part("optOutSettings").Flag("passkeyDynamicMigration");

    private static JsonElement Method(JsonElement root, string id) => root.Items("authenticationMethodConfigurations")
        .FirstOrDefault(method => string.Equals(method.Text("id"), id, StringComparison.OrdinalIgnoreCase));

    private static bool? Enabled(JsonElement method) =>
        method.Text("state") is { } state ? state.Equals("enabled", StringComparison.OrdinalIgnoreCase) : null;

    /// <summary>A method that the policy does not list is off.</summary>
    private static MethodTargets Targets(JsonElement method) => new(
        Enabled(method) == true, Ids(method.Items("includeTargets")), Ids(method.Items("excludeTargets")));

    private static ImmutableArray<string> Ids(IEnumerable<JsonElement> targets) => [.. targets.Select(static target => target.Text("id")).OfType<string>()];

    /// <summary>Whether some type of passkey is admitted; null where only some models are.</summary>
    private static bool? UsableType(JsonElement passkey)
    {
        if (passkey.ValueKind != JsonValueKind.Object) return null;
        JsonElement[] profiles = [.. passkey.Items("passkeyProfiles")];
        if (profiles.Length == 0) return UsableKeys(passkey.Part("keyRestrictions"));
        bool?[] each = [.. profiles.Select(static profile => profile.Text("passkeyTypes") is { } types && types.Trim().Length == 0
            ? false : UsableKeys(profile.Part("keyRestrictions")))];
        return each.Contains(true) ? true : each.Contains(null) ? null : false;
    }

    private static bool? UsableKeys(JsonElement restrictions)
    {
        if (restrictions.Flag("isEnforced") != true) return true;
        bool allows = string.Equals(restrictions.Text("enforcementType"), "allow", StringComparison.OrdinalIgnoreCase);
        bool any = restrictions.Items("aaGuids").Any();
        return (allows, any) switch
        {
            (true, false) => false,
            (false, false) => true,
            _ => null,
        };
    }
}
