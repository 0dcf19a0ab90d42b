using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Readiness;

/// <summary>A tenant with one person of each kind, and what the configuration says of it.</summary>
internal static class Tenants
{
    public const string NoPhones = "00000000-0000-4000-8000-0000000000a1";
    public const string Kiosk = "00000000-0000-4000-8000-0000000000a2";
    public const string Vpn = "00000000-0000-4000-8000-0000000000a3";
    public const string Cards = "00000000-0000-4000-8000-0000000000a4";

    /// <summary>People by name, and the band that each must have.</summary>
    public static IReadOnlyDictionary<string, string> Bands { get; } = new Dictionary<string, string>
    {
        ["phone"] = "B0", ["office"] = "B0", ["future"] = "B0", ["disabled"] = "B0", ["root"] = "B0", ["eligible"] = "B0", ["gast"] = "B0",
        ["vpn"] = "B0v", ["sms"] = "B1", ["reset"] = "B2", ["kiosk"] = "B3", ["preferred"] = "B4", ["left"] = "B4", ["hello"] = "B4",
        ["key"] = "B5", ["app"] = "B5", ["card"] = "?", ["mailbox"] = "X", ["nothing"] = "N", ["outside"] = "N", ["pass"] = "N",
    };

    private const string People = """
        [ { "userPrincipalName": "phone@contoso.com", "phones": { "mobile": "+1 2065550101" }, "default": "sms", "personal": { "department": "=Sales" } },
          { "userPrincipalName": "office@contoso.com", "phones": { "office": "+1 2065550102" }, "default": "voiceOffice" },
          { "userPrincipalName": "future@contoso.com", "phones": { "mobile": "+1 2065550103" }, "methods": [ { "kind": "future" } ] },
          { "userPrincipalName": "disabled@contoso.com", "phones": { "mobile": "+1 2065550104" }, "accountEnabled": false },
          { "userPrincipalName": "root@contoso.com", "phones": { "mobile": "+1 2065550105" }, "isAdmin": true },
          { "userPrincipalName": "eligible@contoso.com", "phones": { "mobile": "+1 2065550106" } },
          { "userPrincipalName": "gast_fabrikam.com#EXT#@contoso.com", "phones": { "mobile": "+1 2065550107" },
            "personal": { "externalUserState": "Accepted" } },
          { "userPrincipalName": "vpn@contoso.com", "methods": [ { "kind": "fido2" } ] },
          { "userPrincipalName": "sms@contoso.com", "phones": { "mobile": "+1 2065550108" },
            "methods": [ { "kind": "microsoftAuthenticator" } ], "default": "sms" },
          { "userPrincipalName": "reset@contoso.com", "phones": { "mobile": "+1 2065550109" }, "methods": [ { "kind": "fido2" } ] },
          { "userPrincipalName": "kiosk@contoso.com", "phones": { "mobile": "+1 2065550110" }, "methods": [ { "kind": "softwareOath" } ], "default": "oath",
            "smsSignInScope": true, "smsSignInState": "ready" },
          { "userPrincipalName": "preferred@contoso.com", "phones": { "mobile": "+1 2065550111" }, "methods": [ { "kind": "microsoftAuthenticator" } ],
            "default": "sms", "systemPreferred": true },
          { "userPrincipalName": "left@contoso.com", "phones": { "mobile": "+1 2065550112" },
            "methods": [ { "kind": "microsoftAuthenticator" } ], "default": "push" },
          { "userPrincipalName": "hello@contoso.com", "phones": { "alternateMobile": "+1 2065550114", "mobile": "+1 2065550113" },
            "methods": [ { "kind": "windowsHello" } ], "personal": { "passwordReset": false } },
          { "userPrincipalName": "key@contoso.com", "methods": [ { "kind": "fido2" } ] },
          { "userPrincipalName": "app@contoso.com", "methods": [ { "kind": "microsoftAuthenticator" } ], "default": "push" },
          { "userPrincipalName": "card@contoso.com", "methods": [ { "kind": "fido2" } ] },
          { "userPrincipalName": "mailbox@contoso.com", "phones": { "mobile": "+1 2065550115" } },
          { "userPrincipalName": "nothing@contoso.com" },
          { "userPrincipalName": "outside@contoso.com", "phones": { "mobile": "+1 2065550116" }, "personal": { "passwordReset": false } },
          { "userPrincipalName": "pass@contoso.com", "email": "pass@example.org", "methods": [ { "kind": "qrCodePin" } ] } ]
        """;

    public static SandboxSeed Seed(Func<SandboxSettings, SandboxSettings>? change = null)
    {
        SandboxSeed seed = SeedReader.Parse($$"""
            { "users": {{People}},
              "groups": [ { "id": "{{NoPhones}}", "displayName": "No phones", "members": [ "outside@contoso.com" ] },
                { "id": "{{Kiosk}}", "displayName": "Kiosk", "members": [ "kiosk@contoso.com" ] },
                { "id": "{{Vpn}}", "displayName": "VPN", "members": [ "vpn@contoso.com", "app@contoso.com" ] },
                { "id": "{{Cards}}", "displayName": "Cards", "members": [ "card@contoso.com" ] } ],
              "roleEligibilities": [ { "role": "GlobalAdministrator", "principal": "eligible@contoso.com" } ],
              "settings": { "policy": { "campaign": "default", "methods": {
                "Sms": { "include": [ "all_users", "{{Kiosk}}" ], "exclude": [ "{{NoPhones}}" ], "signIn": [ "{{Kiosk}}" ] },
                "Voice": { "exclude": [ "{{NoPhones}}" ] }, "X509Certificate": { "include": [ "{{Cards}}" ] } } } } }
            """);
        return change is null ? seed : seed with { Settings = change(seed.Settings ?? SandboxSettings.Default) };
    }

    public static JsonObject Settings() => new()
    {
        ["OnPremisesMfa"] = new JsonObject { ["Groups"] = new JsonArray(Vpn) },
        ["Readiness"] = new JsonObject { ["Exclude"] = new JsonArray("mailbox@contoso.com") },
    };

    public static Task<Stage> StageAsync(
        Func<SandboxSettings, SandboxSettings>? change = null, JsonObject? settings = null, DateTimeOffset? beginning = null) =>
        Stage.OpenAsync(Seed(change), settings ?? Settings(), new ScenarioTime(
            beginning: beginning ?? new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero)));

    /// <summary>The name in front of @ or _.</summary>
    public static string Name(string user) => user.Split('@', '_')[0];
}
