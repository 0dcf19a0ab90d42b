using System.Text;
using System.Text.Json;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;

namespace ProvisioningConnector.Facade.Tests.Openidm;

/// <summary>The facade over a sandbox whose state and journal can be looked at; the tenant is named <c>azuread</c>, as in Ping's documentation.</summary>
internal sealed class SystemBench : IAsyncDisposable
{
    public const string TenantId = "5a17b0c5-0000-4000-8000-c0ffee5a17b0";
    public const string Users = "/openidm/system/azuread/user";

    private SystemBench(SandboxServer sandbox, Rig rig, KeyText key) => (Sandbox, Rig, Key) = (sandbox, rig, key);

    public SandboxServer Sandbox { get; }

    public Rig Rig { get; }

    /// <summary>All rights but none to approve.</summary>
    public KeyText Key { get; }

    /// <param name="users">The seed's members after its tenant id, e.g. <c>"users": […]</c>.</param>
    /// <param name="facade">Settings of the facade.</param>
    /// <param name="tenant">Settings of the tenant, beginning with a comma.</param>
    public static async Task<SystemBench> StartAsync(string users, string facade = "", string tenant = "")
    {
        SandboxServer sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Seed = SeedReader.Parse($$"""{ "tenantId": "{{TenantId}}", {{users}} }""") }, default);
        string tenants = $$""" "azuread": { "Kind": "Graph", "TenantId": "{{TenantId}}", "Endpoint": "{{sandbox.Address.GetLeftPart(UriPartial.Authority)}}","""
            + $$""" "Credential": { "Kind": "StaticToken", "Token": "opaque" } {{tenant}} }, "one": { "Kind": "Sandbox" } """;
        Rig rig = await Rig.StartAsync(string.Join(", ",
            new[] { """ "RateLimit": { "PerSecond": 1000000, "Burst": 1000000 } """, facade }.Where(f => f.Length > 0)), tenants: tenants);
        KeyText key = await rig.KeyAsync("idm", "azuread", null, Right.Read, Right.ReadFull, Right.Plan,
            Right.Phones, Right.Email, Right.Remove, Right.SmsSignIn, Right.LiveSync, Right.Password);
        return new SystemBench(sandbox, rig, key);
    }

    /// <summary>A user with a mobile, an Authenticator and a security key.</summary>
    public static string User(int n, string phones = """ "mobile": "+1 2065550100" """) =>
        $$"""{ "id": "{{Id(n)}}", "userPrincipalName": "u{{n:000}}@contoso.com", "displayName": "User {{n:000}}", "phones": { {{phones}} },"""
        + $$""" "methods": [ { "kind": "microsoftAuthenticator", "id": "a{{n}}" }, { "kind": "fido2", "id": "f{{n}}" }, """
        + $$"""{ "kind": "softwareOath", "id": "o{{n}}" } ] }""";

    public static string Some(int count) => $"\"users\": [ {string.Join(", ", Enumerable.Range(1, count).Select(n => User(n)))} ]";

    public static string Id(int n) => new Guid(n, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]).ToString();

    public static string PathOf(int n) => $"{Users}/{Id(n)}";

    public Task<Answer> GetAsync(string path, params (string, string)[] headers) => SendAsync("GET", path, null, headers);

    public Task<Answer> PutAsync(string path, string body, params (string, string)[] headers) => SendAsync("PUT", path, body, headers);

    public Task<Answer> SendAsync(string method, string path, string? body, params (string, string)[] headers) => SendAsync(Key, method, path, body, headers);

    public Task<Answer> SendAsync(KeyText key, string method, string path, string? body = null, params (string, string)[] headers) =>
        Rig.SendAsync(path, method, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), [Rig.Bearer(key), .. headers]);

    public long Writes => Sandbox.Journal.AppliedWriteCount;

    public async ValueTask DisposeAsync()
    {
        await Rig.DisposeAsync();
        await Sandbox.DisposeAsync();
    }
}

/// <summary>Looks into answers.</summary>
internal static class Answering
{
    public static JsonElement Json(this Answer answer) => JsonDocument.Parse(answer.Body).RootElement;

    public static string[] List(this Answer answer, string name) => [.. answer.Json().GetProperty(name).EnumerateArray().Select(v => v.ToString())];

    public static string? Code(this Answer answer) =>
        answer.Json().TryGetProperty("detail", out JsonElement detail) && detail.TryGetProperty("code", out JsonElement code) ? code.GetString() : null;

    public static string[] Names(this Answer answer) => [.. answer.Json().EnumerateObject().Select(p => p.Name)];
}
