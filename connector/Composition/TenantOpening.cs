using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Composition;

/// <summary>
/// Opens the tenant behind a name for reading: Graph at its address, or a sandbox inside this program that is then reached over HTTP like any other.
/// </summary>
/// <param name="settings">The tenant.</param>
/// <param name="time">The clock.</param>
/// <param name="trace">Called for every request.</param>
/// <param name="gates">The process's gates, where tenants are opened more than once; null: gates of its own.</param>
internal sealed class TenantOpening(TenantSettings settings, TimeProvider time, IGraphTrace trace, SharedGates? gates = null)
{
    private SandboxServer? _sandbox;
    private GraphTenantOptions _options = settings.Graph;

    /// <summary>Opens the tenant for reading.</summary>
    /// <exception cref="ProvisioningException">A sandbox's seed, state or fault plan cannot be used.</exception>
    public async Task<ReadingTenant> OpenAsync(LearnedRates? learned, CancellationToken cancellation)
    {
        if (settings.Kind == TenantKind.Sandbox) await StartSandboxAsync(cancellation);
        Pacer pacer = gates?.For(settings, _options, learned) ?? new Pacer(settings.Quota, time, learned);
        GraphConnection connection = GraphConnection.Open(
            _options, GraphCredentials.Create(ReadCredential(settings), _options, time: time), pacer, time, trace);
        TenantIdentity identity = new(settings.Name, _options.TenantId ?? string.Empty, _options.Cloud.ToString(), settings.Kind == TenantKind.Sandbox);
        return new ReadingTenant(settings, identity, connection, pacer, time, _sandbox);
    }

    private async Task StartSandboxAsync(CancellationToken cancellation)
    {
        try
        {
            SandboxOptions options = await SandboxFiles.OptionsAsync(settings.Seed, settings.Faults, settings.Date, time, cancellation);
            _sandbox = await SandboxServer.StartAsync(options with { StatePath = State(settings) }, cancellation);
        }
        catch (SandboxSeedException exception)
        {
            throw new ProvisioningException("sandboxSeed", exception.Message, "Fix the file, or run 'provision sandbox reset' to go back to the seed.");
        }

        _options = settings.Graph with { TenantId = settings.Graph.TenantId ?? _sandbox.Tenant.TenantId.ToString(), Endpoint = _sandbox.Address };
    }

    /// <summary>The credential that reads; a sandbox accepts any.</summary>
    public static CredentialSettings ReadCredential(TenantSettings settings) => settings.Credential
        ?? new CredentialSettings { Kind = CredentialKind.StaticToken, Token = "sandbox" };

    /// <summary>Where a sandbox tenant keeps its state.</summary>
    public static string State(TenantSettings settings) =>
        settings.State ?? Path.Combine(Environment.CurrentDirectory, SettingsFile.StateFolder, $"sandbox-{settings.Name}.json");
}
