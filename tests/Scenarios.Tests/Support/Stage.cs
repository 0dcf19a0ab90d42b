using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;

namespace ProvisioningConnector.Scenarios.Tests.Support;

/// <summary>A shell in front of a sandbox tenant that is reached over HTTP like any other Graph endpoint.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private Stage(Shell shell, SandboxServer sandbox) => (Shell, Sandbox) = (shell, sandbox);

    public Shell Shell { get; }

    public SandboxServer Sandbox { get; }

    public ScenarioTime Time => (ScenarioTime)Shell.Time;

    public static async Task<Stage> OpenAsync(SandboxSeed seed, JsonObject? tenantSettings = null, ScenarioTime? time = null)
    {
        Shell shell = new(time ?? new ScenarioTime());
        SandboxServer sandbox = await SandboxServer.StartAsync(new SandboxOptions { Seed = seed, Time = shell.Time }, CancellationToken.None);
        shell.Configure(sandbox.Address.GetLeftPart(UriPartial.Authority), sandbox.Tenant.TenantId.ToString(), tenantSettings);
        return new Stage(shell, sandbox);
    }

    public static Task<Stage> OpenAsync(string seed, JsonObject? tenantSettings = null) => OpenAsync(SeedReader.Parse(seed), tenantSettings);

    public Task<Answer> RunAsync(params string[] words) => Shell.RunAsync(words);

    /// <summary>Requests that are neither GET nor a <c>$batch</c>; the items of a batch are recorded one by one.</summary>
    public string[] NotReads() => [.. Sandbox.Journal.Requests.Where(r => r.Method != "GET" && r.Kind != "batch").Select(r => $"{r.Method} {r.Path}")];

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Shell.Dispose();
    }
}
