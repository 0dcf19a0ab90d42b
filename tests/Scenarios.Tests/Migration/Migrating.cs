using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Scenarios.Tests.Evidence;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Migration;

/// <summary>A tenant of people on their way from phones; the day before the retirement.</summary>
internal static class Migrating
{
    public const string Kiosk = "00000000-0000-4000-8000-0000000000b1";
    public const string Pilot = "00000000-0000-4000-8000-0000000000b2";

    public static DateTimeOffset Before { get; } = new(2027, 1, 31, 8, 0, 0, TimeSpan.Zero);

    private const string Used = "\"created\": \"2026-06-01T08:00:00Z\", \"lastUsed\": \"2027-01-30T08:00:00Z\"";
    private const string Stale = "\"created\": \"2026-06-01T08:00:00Z\", \"lastUsed\": \"2026-11-30T08:00:00Z\"";
    private const string Signed = "\"personal\": { \"lastSignIn\": \"2027-01-30T08:00:00Z\" }";

    private const string People = $$"""
        [ { "userPrincipalName": "ada@contoso.com", "phones": { "mobile": "+1 2065550101" }, "default": "sms", {{Signed}},
            "methods": [ { "kind": "microsoftAuthenticator", {{Used}} } ] },
          { "userPrincipalName": "ben@contoso.com", "phones": { "mobile": "+1 2065550102", "alternateMobile": "+1 2065550103", "office": "+1 2065550104" },
            "default": "push", {{Signed}}, "methods": [ { "kind": "microsoftAuthenticator", {{Used}} } ] },
          { "userPrincipalName": "cleo@contoso.com", "phones": { "mobile": "+1 2065550105" }, "default": "push", {{Signed}},
            "methods": [ { "kind": "microsoftAuthenticator", {{Stale}} } ] },
          { "userPrincipalName": "dan@contoso.com", "phones": { "mobile": "+1 2065550106" }, "smsSignInScope": true, "smsSignInState": "ready", {{Signed}},
            "methods": [ { "kind": "fido2", {{Used}} }, { "kind": "softwareOath", {{Used}} } ], "default": "oath", "email": "dan@example.org" },
          { "userPrincipalName": "eva@contoso.com", "phones": { "mobile": "+1 2065550107" }, "smsSignInScope": true, "smsSignInState": "ready", {{Signed}},
            "methods": [ { "kind": "microsoftAuthenticator", {{Used}} } ], "default": "push" },
          { "userPrincipalName": "fay@contoso.com", "phones": { "mobile": "+1 2065550108" }, "default": "sms", {{Signed}},
            "methods": [ { "kind": "fido2", {{Used}} } ] },
          { "userPrincipalName": "gast_fabrikam.com#EXT#@contoso.com", "phones": { "mobile": "+1 2065550109" }, "default": "push",
            "personal": { "lastSignIn": "2027-01-30T08:00:00Z", "externalUserState": "Accepted" },
            "methods": [ { "kind": "microsoftAuthenticator", {{Used}} } ] } ]
        """;

    public static Task<Stage> StageAsync(JsonObject? settings = null, string sandbox = "") => ProbedAsync(UnprobedAsync(settings, sandbox));

    /// <summary>Asks the tenant first, as steps that write need it.</summary>
    public static async Task<Stage> ProbedAsync(Task<Stage> opening)
    {
        Stage stage = await opening;
        Assert.That((await stage.RunAsync("doctor", "--probe", "@probe.json")).Exit, Is.Zero);
        return stage;
    }

    public static Task<Stage> UnprobedAsync(JsonObject? settings = null, string sandbox = "") => Stage.OpenAsync(SeedReader.Parse($$"""
        { "users": {{People}},
          "groups": [ { "id": "{{Kiosk}}", "displayName": "Kiosk", "members": [ "dan@contoso.com", "eva@contoso.com" ] },
            { "id": "{{Pilot}}", "displayName": "Pilot", "members": [ "ada@contoso.com" ] } ],
          "settings": { "policy": { "methods": { "Sms": { "include": [ "all_users", "{{Kiosk}}" ], "signIn": [ "{{Kiosk}}" ] } } }{{sandbox}} } }
        """), settings ?? Settings(), new ScenarioTime(beginning: Before));

    public static JsonObject Settings() => new()
    {
        ["OnPremisesMfa"] = new JsonObject { ["Groups"] = new JsonArray() },
        ["TelephonyProvider"] = new JsonObject
        {
            ["Sms"] = new JsonObject { ["Groups"] = new JsonArray() }, ["Voice"] = new JsonObject { ["Groups"] = new JsonArray() },
        },
        ["Sspr"] = new JsonObject
        {
            ["MethodsRequired"] = 1, ["Allowed"] = new JsonArray("mobilePhone", "email", "mobileAppCode"), ["Writeback"] = true,
        },
        ["Guardrails"] = new JsonObject { ["MaxLastPhone"] = "100%", ["MaxDeletes"] = "100%" },
    };

    /// <summary>Plans a step and saves it.</summary>
    public static Task<Answer> PlanAsync(this Stage stage, string step, params string[] more) =>
        stage.AsAsync("kim", ["migrate", step, "--out", "@plan.json", "--format", "json", .. more]);

    /// <summary>A second person approves what was saved, and the first one applies it.</summary>
    public static async Task<Answer> ApplyAsync(this Stage stage, bool approved)
    {
        if (approved) Assert.That((await stage.AsAsync("lee", "approve", "@plan.json", "--reason", "reviewed")).Exit, Is.Zero);
        return await stage.AsAsync("kim", "apply", "@plan.json", "--yes", "--format", "json");
    }

    /// <summary>Codes of what is held, by the first name of the person.</summary>
    public static Dictionary<string, string> Held(Answer plan) => plan.Document.GetProperty("users").EnumerateArray()
        .Where(user => user.GetProperty("held").GetArrayLength() > 0)
        .ToDictionary(user => Name(user.GetProperty("user").GetString() ?? ""), user => string.Join(' ', user.GetProperty("held").EnumerateArray()
            .Select(held => held.GetProperty("code").GetString())));

    public static int Operations(Answer plan) =>
        plan.Document.GetProperty("users").EnumerateArray().Sum(user => user.GetProperty("operations").GetArrayLength());

    public static string Name(string user) => user.Split('@', '_')[0];
}
