using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>The service in front of a slow tenant with one user of three phones.</summary>
internal sealed class Served : IAsyncDisposable
{
    public const string User = "kim@contoso.com";
    public const string Credentials = "Basic cmVoZWFyc2FsOndvcmQ=";

    private Served(Shell shell, SandboxServer sandbox, ProvisionProcess process, HttpClient client) =>
        (Shell, Sandbox, Process, Client) = (shell, sandbox, process, client);

    public static SandboxSeed Seed => new()
    {
        Users = [new SeedUser { UserPrincipalName = User, DisplayName = "Kim",
            Phones = new SeedPhones { Mobile = "+1 2065550100", AlternateMobile = "+1 2065550101", Office = "+1 2065550102" } }],
    };

    public static (string?, string?, string?) Wanted => ("+1 2065550110", "+1 2065550111", "+1 2065550112");

    public Shell Shell { get; }

    public SandboxServer Sandbox { get; }

    /// <summary>The service; another one after each <see cref="RestartAsync"/>.</summary>
    public ProvisionProcess Process { get; private set; }

    /// <summary>Calls the service with all rights.</summary>
    public HttpClient Client { get; private set; }

    public (string?, string?, string?) Phones => Sandbox.Tenant.User(User) is var user ? (user.Mobile, user.AlternateMobile, user.Office) : default;

    public static FaultPlan Slow(int delay) =>
        FaultPlan.Parse($$"""{"rules":[{"match":{"access":"write"},"every":1,"count":999,"then":{"delayBefore": {{delay}} } }]}""");

    public static async Task<Served> StartAsync(
        int writeDelay, SandboxSeed? seed = null, JsonObject? tenant = null, JsonObject? facade = null, JsonObject? settings = null)
    {
        Shell shell = new(TimeProvider.System);
        SandboxServer sandbox = await SandboxServer.StartAsync(new SandboxOptions { Seed = seed ?? Seed }, CancellationToken.None);
        sandbox.Faults = Slow(writeDelay);
        shell.Write("people.csv", Crew.Source(Crew.Usual));
        JsonObject contoso = new()
        {
            ["Kind"] = "Graph", ["TenantId"] = sandbox.Tenant.TenantId.ToString(), ["Endpoint"] = sandbox.Address.GetLeftPart(UriPartial.Authority),
            ["Credential"] = new JsonObject { ["Kind"] = "StaticToken", ["Token"] = "rehearsal" },
            ["Quota"] = new JsonObject { ["MaxInFlight"] = 2 }, ["Guardrails"] = new JsonObject { ["MaxUpdates"] = "none" },
        };
        foreach ((string key, JsonNode? value) in tenant ?? []) contoso[key] = value?.DeepClone();
        JsonObject serving = new()
        {
            ["LoopbackAccounts"] = new JsonObject { ["rehearsal"] = "word" },
            ["Mappings"] = new JsonObject { ["people"] = new JsonObject { ["Source"] = "people", ["Tenant"] = "contoso" } },
        };
        foreach ((string key, JsonNode? value) in facade ?? []) serving[key] = value?.DeepClone();
        JsonObject all = new()
        {
            ["DefaultTenant"] = "contoso", ["Tenants"] = new JsonObject { ["contoso"] = contoso },
            ["Sources"] = new JsonObject { ["people"] = new JsonObject { ["Kind"] = "File", ["Path"] = "people.csv", ["Input"] = "csv" } },
            ["Facade"] = serving,
        };
        foreach ((string key, JsonNode? value) in settings ?? []) all[key] = value?.DeepClone();
        shell.Configure(all);
        (ProvisionProcess process, HttpClient client) = await LaunchAsync(shell);
        return new Served(shell, sandbox, process, client);
    }

    /// <summary>Starts the service again after its process has ended.</summary>
    public async Task RestartAsync()
    {
        Client.Dispose();
        Process.Dispose();
        (Process, Client) = await LaunchAsync(Shell);
    }

    /// <summary>Replaces all three numbers.</summary>
    public async Task<HttpResponseMessage> PutAsync()
    {
        using HttpRequestMessage request = new(HttpMethod.Put, $"/openidm/system/contoso/user/{User}");
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        request.Content = new StringContent("""{"__phoneAuthenticationMethods__":["+1 2065550110:mobile","+1 2065550111:alternateMobile","""
            + """ "+1 2065550112:office"]}""", Encoding.UTF8, "application/json");
        return await Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> PostAsync(string path) => Client.PostAsync(path, null);

    public async Task WritesAsync(int count)
    {
        while (Sandbox.Journal.AppliedWriteCount < count && !Process.HasExited) await Task.Delay(2);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Process.Dispose();
        await Sandbox.DisposeAsync();
        Shell.Dispose();
    }

    private static async Task<(ProvisionProcess Process, HttpClient Client)> LaunchAsync(Shell shell)
    {
        ProvisionProcess process = ProvisionProcess.Start(shell.Folder,
            ["serve", "--urls", "http://127.0.0.1:0", "--config", "settings.json", "--format", "json"], readOutput: false);
        using JsonDocument ready = JsonDocument.Parse(await process.Output.ReadLineAsync() ?? "");
        HttpClient client = new() { BaseAddress = new Uri(ready.RootElement.GetProperty("addresses")[0].GetString() ?? "") };
        client.DefaultRequestHeaders.Add("Authorization", Credentials);
        return (process, client);
    }
}
