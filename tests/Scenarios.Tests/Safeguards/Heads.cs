using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Facade;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Scenarios.Tests.Evidence;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Safeguards;

/// <summary>Everything through which a tenant can be changed: commands, and the service on the same store, over real HTTP. Each wants to
/// give Lee another mobile number.</summary>
internal sealed class Heads : IAsyncDisposable
{
    public const string Lee = "lee@contoso.com";
    public const string Before = "+1 2065550200";
    public const string Wanted = "+1 2065550201";
    private const string LeesId = "00000002-0007-0007-0102-030405060708";
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
    private readonly KeyText _key = KeyText.New();
    private SharedStore? _shared;
    private FacadeServer? _server;
    private string? _interrupted;
    private string? _allow;

    private Heads(Stage stage) => Stage = stage;

    public Stage Stage { get; }

    /// <summary>What Lee has now.</summary>
    public string? Mobile => Stage.Sandbox.Tenant.User(LeesId).Mobile;

    public string TenantId => Stage.Sandbox.Tenant.TenantId.ToString();

    public static string LeesUid => LeesId;

    public IRunStore Store => Shared.Store;

    public ITenantLease Leases => Shared.Store.Leases;

    public IUserLocks Locks => Shared.Store.Leases;

    private SharedStore Shared => _shared ?? throw new InvalidOperationException("The service is not started.");

    public static async Task<Heads> OpenAsync()
    {
        Stage stage = await Stage.OpenAsync(SeedReader.Parse($$"""
            { "users": [
                { "id": "00000001-0007-0007-0102-030405060708", "userPrincipalName": "kim@contoso.com", "phones": { "mobile": "+1 2065550100" } },
                { "id": "{{LeesId}}", "userPrincipalName": "{{Lee}}", "phones": { "mobile": "{{Before}}" } } ] }
            """));
        stage.Shell.Write("people.csv", $"user,mobile\nkim@contoso.com,+1 2065550101\n{Lee},{Wanted}\n");
        stage.Set(settings =>
        {
            settings["Sources"] = new JsonObject { ["hr"] = new JsonObject { ["Kind"] = "File", ["Path"] = "people.csv" } };
            settings["Facade"] = JsonNode.Parse("""{ "Mappings": { "hr": { "Source": "hr", "Tenant": "contoso" } } }""");
            settings["Tenants"]!["contoso"]!["Guardrails"] = JsonNode.Parse("""{ "MaxUpdates": "none" }""");
        });
        Heads heads = new(stage);
        // A run that was stopped after its first user, for the head that goes on with it.
        Answer first = await stage.RunAsync("apply", "@people.csv", "--yes", "--limit", "1", "--format", "json");
        Assert.That(first.Exit, Is.EqualTo(130), $"{first}");
        heads._interrupted = first.Text("runId");
        return heads;
    }

    /// <summary>Starts the service with the configuration of now.</summary>
    public async Task ServeAsync()
    {
        ConnectorSettings settings = SettingsFile.Read(Stage.Shell.ConfigFile);
        _shared = await SharedStore.OpenAsync(settings, Stage.Shell.Time, default);
        FacadeStart start = new(settings, _shared, Listener.ReadAll(["http://127.0.0.1:0"], settings.Facade)) { Time = Stage.Shell.Time };
        _server = await FacadeServer.StartAsync(start, default);
        ApiKey key = new()
        {
            Id = _key.Id, Name = "idm", Digest = KeyText.Digest(_key.Secret), CreatedAt = Stage.Shell.Time.GetUtcNow(), CreatedBy = "test",
            Grants = ImmutableSortedDictionary<string, ImmutableArray<Right>>.Empty.Add("contoso", [.. Rights.All]),
        };
        Assert.That(await _shared.Store.ApiKeys.AddAsync(key, Stage.Shell.Time.GetUtcNow(), default), Is.True);
    }

    /// <summary>Asks a head; how it answers, as one line: exit code or status, then the code.</summary>
    public Task<string> AskAsync(string head, bool dryRun = false, string? ifMatch = null)
    {
        _allow = null;
        return AnswerAsync(head, dryRun, ifMatch);
    }

    /// <summary>The same, with something allowed for once.</summary>
    public Task<string> AskAllowingAsync(string head, string allow)
    {
        _allow = allow;
        return AnswerAsync(head, false, null);
    }

    private Task<string> AnswerAsync(string head, bool dryRun, string? ifMatch) => head switch
    {
        "apply" => CommandAsync(dryRun ? ["plan", "@people.csv"] : ["apply", "@people.csv", "--yes"]),
        "resume" => CommandAsync(["resume", _interrupted ?? "", "--yes"]),
        "verb" => CommandAsync(["set-phone", Lee, Wanted + ":mobile", dryRun ? "--dry-run" : "--yes"]),
        "recon" => ReconAsync(dryRun),
        "openidm PUT" => HttpAsync("PUT", $"/openidm/system/contoso/user/{Lee}{(dryRun ? "?_dryRun=true" : "")}",
            $$"""{"__phoneAuthenticationMethods__":["{{Wanted}}:mobile"]}""", ifMatch),
        "openidm PATCH" => HttpAsync("PATCH", $"/openidm/system/contoso/user/{Lee}{(dryRun ? "?_dryRun=true" : "")}",
            $$"""[{"operation":"replace","field":"/__phoneAuthenticationMethods__","value":["{{Wanted}}:mobile"]}]""", ifMatch),
        "plain" => HttpAsync("PUT", $"/api/v1/tenants/contoso/users/{Lee}/phones/mobile{(dryRun ? "?dryRun=true" : "")}", $$"""{"number":"{{Wanted}}"}""",
            ifMatch),
        _ => throw new ArgumentException(head),
    };

    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, string? ifMatch = null)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), new Uri(new Uri(_server!.Addresses[0]), path));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {_key.Reveal()}");
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (_allow is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Allow", _allow);
            request.Headers.TryAddWithoutValidation("X-Reason", "CHG-7: a new account");
        }

        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_server is not null)
        {
            await _server.StopAsync();
            await _server.DisposeAsync();
            await Shared.DisposeAsync();
        }

        await Stage.DisposeAsync();
    }

    private async Task<string> CommandAsync(string[] words)
    {
        if (_allow is not null) words = [.. words, "--allow", _allow, "--reason", "CHG-7: a new account"];
        Answer answer = await Stage.RunAsync([.. words, "--format", "json"]);
        JsonElement document = answer.Document;
        string? code = document.TryGetProperty("code", out JsonElement error) ? error.GetString() : Codes(document).FirstOrDefault();
        return $"exit {answer.Exit} {code}".TrimEnd();
    }

    private async Task<string> ReconAsync(bool dryRun)
    {
        using HttpResponseMessage started = await SendAsync("POST",
            $"/openidm/recon?_action=recon&mapping=hr&waitForCompletion=true{(dryRun ? "&analyze=true" : "")}");
        string text = await started.Content.ReadAsStringAsync();
        if (!started.IsSuccessStatusCode) return $"{(int)started.StatusCode}";
        string id = JsonDocument.Parse(text).RootElement.GetProperty("_id").GetString() ?? "";
        using HttpResponseMessage status = await SendAsync("GET", $"/openidm/recon/{id}");
        return JsonDocument.Parse(await status.Content.ReadAsStringAsync()).RootElement.GetProperty("state").GetString() ?? "";
    }

    private async Task<string> HttpAsync(string method, string path, string body, string? ifMatch)
    {
        using HttpResponseMessage response = await SendAsync(method, path, body, ifMatch);
        string text = await response.Content.ReadAsStringAsync();
        JsonElement document = text.Length > 0 ? JsonDocument.Parse(text).RootElement : default;
        string? code = null;
        if (document.ValueKind == JsonValueKind.Object && (int)response.StatusCode >= 400)
        {
            code = document.TryGetProperty("detail", out JsonElement detail) && detail.ValueKind == JsonValueKind.Object
                && detail.TryGetProperty("code", out JsonElement own) ? own.GetString()
                : document.TryGetProperty("code", out JsonElement plain) && plain.ValueKind == JsonValueKind.String ? plain.GetString() : null;
        }

        return $"{(int)response.StatusCode} {code}".TrimEnd();
    }

    /// <summary>Codes of why a run was blocked, of guardrails that block, and of what is held.</summary>
    private static IEnumerable<string?> Codes(JsonElement document)
    {
        if (document.TryGetProperty("diagnostics", out JsonElement diagnostics))
        {
            foreach (JsonElement one in diagnostics.EnumerateArray().Where(d => Lines.Text(d, "severity") == "error" && Lines.Text(d, "code") != "blocked"))
            {
                yield return Lines.Text(one, "code");
            }
        }

        if (document.TryGetProperty("guardrails", out JsonElement guardrails))
        {
            foreach (JsonElement one in guardrails.EnumerateArray().Where(g => Lines.Text(g, "verdict") == "blocked")) yield return Lines.Text(one, "name");
        }

        if (!document.TryGetProperty("users", out JsonElement users)) yield break;
        foreach (JsonElement user in users.EnumerateArray())
        {
            if (!user.TryGetProperty("held", out JsonElement held)) continue;
            foreach (JsonElement one in held.EnumerateArray()) yield return Lines.Text(one, "code");
        }
    }
}
