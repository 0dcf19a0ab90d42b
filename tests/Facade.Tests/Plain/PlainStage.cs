using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;

namespace ProvisioningConnector.Facade.Tests.Plain;

/// <summary>The plain API over a sandbox that can be looked into, and a key with all rights.</summary>
internal sealed class PlainStage : IAsyncDisposable
{
    public const string Base = "/api/v1/tenants/one/users/";
    private const string TenantId = "5a17b0c5-0000-4000-8000-c0ffee5a17b0";

    public const string Users = """
        { "userPrincipalName": "ada@contoso.com", "displayName": "Ada", "mail": "ada@fabrikam.com", "employeeId": "10/01" },
        { "userPrincipalName": "ben@contoso.com", "displayName": "Ben", "phones": { "mobile": "+1 2065550102" } },
        { "userPrincipalName": "cleo@contoso.com", "displayName": "Cleo", "mail": "twin@fabrikam.com",
          "phones": { "mobile": "+1 2065550103", "alternateMobile": "+1 2065550113", "office": "+1 2065550123x103" }, "email": "cleo@example.org",
          "methods": [ { "kind": "fido2", "displayName": "Blue key" }, { "kind": "softwareOath" }, { "kind": "future" } ] },
        { "userPrincipalName": "dan_x.com#EXT#@contoso.com", "displayName": "Dan", "mail": "twin@fabrikam.com" }
        """;

    private PlainStage(SandboxServer sandbox, Rig rig, KeyText key) => (Sandbox, Rig, Key) = (sandbox, rig, key);

    public SandboxServer Sandbox { get; }

    public Rig Rig { get; }

    public KeyText Key { get; }

    /// <summary>What took effect.</summary>
    public string[] Applied => [.. Sandbox.Journal.AppliedWrites.Select(r => r.Kind)];

    public static async Task<PlainStage> OpenAsync(string users = Users, string facade = "", string tenant = "",
        string faults = """{ "rules": [] }""", string settings = "{}", bool delegated = false, bool shipped = false)
    {
        SandboxServer sandbox = await SandboxServer.StartAsync(
            new SandboxOptions
            {
                Seed = shipped
                ? null : SeedReader.Parse($$"""{ "tenantId": "{{TenantId}}", "settings": {{settings}}, "users": [ {{users}} ] }"""),
                Faults = FaultPlan.Parse(faults)
            }, default);
        string token = delegated
            ? $"{Part("""{"alg":"none"}""")}.{Part($$"""{"tid":"{{TenantId}}","scp":"UserAuthenticationMethod.ReadWrite.All"}""")}.c2ln" : "rehearsal";
        string one = $$"""{ "Kind": "Graph", "TenantId": "{{TenantId}}", "Endpoint": "{{sandbox.Address.GetLeftPart(UriPartial.Authority)}}","""
            + $$""" "Credential": { "Kind": "StaticToken", "Token": "{{token}}" }{{(tenant.Length > 0 ? ", " + tenant : "")}} }""";
        Rig rig = await Rig.StartAsync(facade, tenants: $$""" "one": {{one}}, "two": { "Kind": "Sandbox" } """);
        return new PlainStage(sandbox, rig, await rig.KeyAsync("flow", rights: [.. Rights.All]));
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, null, headers);

    public Task<Answer> PutAsync(string path, string body, params (string Name, string Value)[] headers) => SendAsync("PUT", path, body, headers);

    public Task<Answer> PostAsync(string path, string? body = null, params (string Name, string Value)[] headers) => SendAsync("POST", path, body, headers);

    public Task<Answer> DeleteAsync(string path, params (string Name, string Value)[] headers) => SendAsync("DELETE", path, null, headers);

    public Task<Answer> SendAsync(string method, string path, string? body, params (string Name, string Value)[] headers) =>
        SendAsync(Key, method, path, body, headers);

    public Task<Answer> SendAsync(KeyText key, string method, string path, string? body = null, params (string Name, string Value)[] headers) =>
        Rig.SendAsync(Base + path, method, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), [Rig.Bearer(key), .. headers]);

    public async ValueTask DisposeAsync()
    {
        await Rig.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}

/// <summary>Reading answers.</summary>
internal static class PlainAnswers
{
    public static string? Text(this Answer answer, string property) => answer.Json().GetProperty(property).GetString();

    public static JsonElement Json(this Answer answer) => JsonDocument.Parse(answer.Body).RootElement;

    /// <summary>Status and code of problem details; checks their form.</summary>
    public static (int Status, string? Code) Problem(this Answer answer)
    {
        Assert.That(answer.Headers.GetValueOrDefault("Content-Type"), Does.StartWith("application/problem+json"), answer.Body);
        JsonElement body = answer.Json();
        Assert.That(body.GetProperty("status").GetInt32(), Is.EqualTo(answer.Status));
        Assert.That(body.GetProperty("type").GetString(), Is.EqualTo($"urn:provisioning-connector:problem:{body.GetProperty("code").GetString()}"));
        Assert.That((body.GetProperty("title").GetString(), body.GetProperty("detail").GetString()), Is.Not.EqualTo((string.Empty, string.Empty)));
        return (answer.Status, body.GetProperty("code").GetString());
    }
}
