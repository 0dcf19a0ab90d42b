using System.Security.Cryptography;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Secrets;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Graph.Writing;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Composition;

/// <summary>Opens the tenant behind a name: Graph at its address, or a sandbox inside this program that is then reached over HTTP like any other.</summary>
/// <param name="settings">The tenant.</param>
/// <param name="time">The clock.</param>
/// <param name="trace">Called for every request; may be null.</param>
/// <param name="gates">The process's gates, where tenants are opened more than once; null: gates of its own.</param>
internal sealed class TenantOpening(TenantSettings settings, TimeProvider time, IGraphTrace? trace, SharedGates? gates = null)
{
    private SandboxServer? _sandbox;
    private GraphTenantOptions _options = settings.Graph;
    private Pacer? _pacer;

    /// <summary>Opens the tenant for reading.</summary>
    /// <exception cref="ProvisioningException">A sandbox's seed, state or fault plan cannot be used.</exception>
    public async Task<ReadingTenant> OpenAsync(LearnedRates? learned, CancellationToken cancellation)
    {
        if (settings.Kind == TenantKind.Sandbox) await StartSandboxAsync(cancellation);
        _pacer = gates?.For(settings, _options, learned) ?? new Pacer(settings.Quota, time, learned);
        GraphConnection connection = GraphConnection.Open(_options, GraphCredentials.Create(ReadCredential, _options, time: time), _pacer, time, trace);
        TenantIdentity identity = new(settings.Name, _options.TenantId ?? string.Empty, _options.Cloud.ToString(), settings.Kind == TenantKind.Sandbox);
        return new ReadingTenant(settings, identity, connection, _pacer, time, _sandbox);
    }

    /// <summary>Opens the way to write; only verbs that write call this. The tenant must have been opened for reading.</summary>
    public TenantWriter OpenForWriting()
    {
        if (_pacer is null) throw new InvalidOperationException("A tenant is opened for reading first.");
        CredentialSettings credential = settings.WriteCredential ?? ReadCredential;
        GraphConnection connection = GraphConnection.Open(_options, GraphCredentials.Create(credential, _options, time: time),
            _pacer, time, trace);
        return new TenantWriter(connection, () => PasswordMaking.Make(settings.Passwords, RandomNumberGenerator.GetInt32), time);
    }

    private CredentialSettings ReadCredential => settings.Credential
        ?? new CredentialSettings { Kind = CredentialKind.StaticToken, Token = "sandbox" };

    private async Task StartSandboxAsync(CancellationToken cancellation)
    {
        try
        {
            _sandbox = await SandboxServer.StartAsync(await SandboxFiles.OptionsAsync(settings.Seed,
                settings.Faults, State(settings), null, time, cancellation), cancellation);
        }
        catch (SandboxSeedException exception)
        {
            throw new ProvisioningException("sandboxSeed", exception.Message, "Fix the file, or run 'provision sandbox reset' to go back to the seed.");
        }

        _options = settings.Graph with { TenantId = settings.Graph.TenantId ?? _sandbox.Tenant.TenantId.ToString(), Endpoint = _sandbox.Address };
    }

    /// <summary>Where a sandbox tenant keeps its state.</summary>
    public static string State(TenantSettings settings) =>
        settings.State ?? Path.Combine(Environment.CurrentDirectory, SettingsFile.StateFolder, $"sandbox-{settings.Name}.json");
}

/// <summary>The way to write to a tenant.</summary>
internal sealed class TenantWriter(GraphConnection connection, Func<Secret> make, TimeProvider time) : IDisposable
{
    /// <summary>For what carries or makes a secret.</summary>
    public ISecretWriter Secrets { get; } = new GraphSecretWriter(connection, make, time);

    public IMethodsWriter Methods { get; } = new GraphMethodsWriter(connection, time);

    /// <summary>Fetches the token, so that a wrong credential is found before a run begins.</summary>
    public async ValueTask<TokenFacts> AuthenticateAsync(CancellationToken cancellation) => await connection.AuthenticateAsync(cancellation);

    public void Dispose() => connection.Dispose();
}
