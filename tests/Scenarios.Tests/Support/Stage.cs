using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;

namespace ProvisioningConnector.Scenarios.Tests.Support;

/// <summary>A desk in front of a sandbox tenant that is reached over HTTP like any other Graph endpoint.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private Stage(Desk desk, SandboxServer sandbox) => (Desk, Sandbox) = (desk, sandbox);

    public Desk Desk { get; }

    public SandboxServer Sandbox { get; }

    public ScenarioTime Time => (ScenarioTime)Desk.Time;

    public static async Task<Stage> OpenAsync(SandboxSeed seed, JsonObject? tenantSettings = null, ScenarioTime? time = null)
    {
        Desk desk = new(time ?? new ScenarioTime());
        SandboxServer sandbox = await SandboxServer.StartAsync(new SandboxOptions { Seed = seed, Time = desk.Time }, CancellationToken.None);
        desk.Configure(sandbox.Address.GetLeftPart(UriPartial.Authority), sandbox.Tenant.TenantId.ToString(), tenantSettings);
        return new Stage(desk, sandbox);
    }

    public static Task<Stage> OpenAsync(string seed, JsonObject? tenantSettings = null) => OpenAsync(SeedReader.Parse(seed), tenantSettings);

    public Task<Answer> RunAsync(params string[] words) => Desk.RunAsync(words);

    /// <summary>Requests that are neither GET nor a <c>$batch</c>; the items of a batch are recorded one by one.</summary>
    public string[] NotReads() => [.. Sandbox.Journal.Requests.Where(r => r.Method != "GET" && r.Kind != "batch").Select(r => $"{r.Method} {r.Path}")];

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Desk.Dispose();
    }
}
