using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Actions;

/// <summary>Stages for verbs on one user: with an app's token, or with a person's.</summary>
internal static class ActionStage
{
    public const string TenantId = "5a17b0c5-0000-4000-8000-c0ffee5a17b0";

    public static Task<Stage> OpenAsync(string users, string sandboxSettings = "{}", bool delegated = false, JsonObject? tenantSettings = null)
    {
        JsonObject settings = tenantSettings ?? [];
        if (delegated) settings["Credential"] = new JsonObject { ["Kind"] = "StaticToken", ["Token"] = PersonsToken() };
        return Stage.OpenAsync($$"""{ "tenantId": "{{TenantId}}", "settings": {{sandboxSettings}}, "users": [ {{users}} ] }""", settings);
    }

    /// <summary>A JWT as a signed-in person has it.</summary>
    public static string PersonsToken() =>
        $"{Base64Url.EncodeToString("""{"alg":"none"}"""u8)}."
        + Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"tid":"{{TenantId}}","scp":"UserAuthenticationMethod.ReadWrite.All"}""")) + ".c2ln";

    /// <summary>What took effect, in order, without the user.</summary>
    public static string[] Applied(this Stage stage) =>
        [.. stage.Sandbox.Journal.AppliedWrites.Select(r => r.Path.Contains("/authentication/", StringComparison.Ordinal)
        ? Lines.Applied(r)[37..] : $"{r.Method} user")];

    public static System.Text.Json.JsonElement[] Operations(this Answer answer) =>
        [.. answer.Document.GetProperty("users").EnumerateArray().Single().GetProperty("operations").EnumerateArray()];

    public static string[] Codes(this Answer answer) =>
        [.. answer.Document.GetProperty("users").EnumerateArray().Single().GetProperty("diagnostics")
        .EnumerateArray().Select(d => Lines.Text(d, "code") ?? "?")];
}
