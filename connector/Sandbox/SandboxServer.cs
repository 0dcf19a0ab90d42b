using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Journal;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;

namespace ProvisioningConnector.Sandbox;

/// <summary>A stand-in tenant that speaks Microsoft Graph's HTTP on a loopback address until it is disposed.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;
    private readonly CancellationTokenSource _stopping;
    private readonly StateFile? _state;
    private readonly Dispatcher _dispatcher;

    private SandboxServer(KestrelServer kestrel, CancellationTokenSource stopping, StateFile? state, Dispatcher dispatcher, Uri address)
    {
        (_kestrel, _stopping, _state, _dispatcher, Address) = (kestrel, stopping, state, dispatcher, address);
    }

    /// <summary>Scheme, host and port; paths begin with <c>/v1.0</c> or <c>/beta</c>.</summary>
    public Uri Address { get; }

    public SandboxTenant Tenant => _dispatcher.Site.Tenant;

    /// <summary>The tenant's clock; the request after it is set sees it.</summary>
    public SandboxClock Clock => _dispatcher.Site.Clock;

    /// <summary>What was asked and what took effect.</summary>
    public RequestJournal Journal => _dispatcher.Journal;

    /// <summary>The faults in force. Replacing them starts their counts anew.</summary>
    public FaultPlan Faults
    {
        get => _dispatcher.Faults.Plan;
        set => _dispatcher.Faults = new FaultRun(value, _dispatcher.Site.Now);
    }

    /// <exception cref="SandboxSeedException">Seed, state or address cannot be used.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellation)
    {
        IPEndPoint endpoint = Loopback.Parse(options.Urls);
        SandboxSeed? saved = options.StatePath is null ? null : await StateFile.ReadAsync(options.StatePath, cancellation);
        SandboxSeed seed = saved ?? options.Seed ?? EmbeddedSeeds.Contoso();
        if (options.Settings is not null) seed = seed with { Settings = options.Settings };
        SandboxClock clock = new SandboxClock(options.Time);
        if (options.Date is { } date) clock.Set(date);
        SandboxTenant tenant = new SandboxTenant(seed, clock);
        CancellationTokenSource stopping = new CancellationTokenSource();
        StateFile? state = options.StatePath is null ? null : new StateFile(options.StatePath, tenant, options.Time);
        Dispatcher dispatcher = new Dispatcher(new Site(tenant, clock, options.RandomSeed), options, stopping.Token);

        KestrelServerOptions limits = new KestrelServerOptions { AddServerHeader = false };
        limits.Limits.MaxRequestBodySize = 16 * 1024 * 1024;
        limits.Limits.MinRequestBodyDataRate = null;
        limits.Limits.MinResponseDataRate = null;
        limits.Listen(endpoint);
        KestrelServer kestrel = new KestrelServer(Options.Create(limits),
            new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), NullLoggerFactory.Instance);
        try
        {
            await kestrel.StartAsync(new HttpFront(dispatcher), cancellation);
        }
        catch
        {
            kestrel.Dispose();
            stopping.Dispose();
            throw;
        }
        string bound = kestrel.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("Kestrel reported no address.");
        return new SandboxServer(kestrel, stopping, state, dispatcher, new Uri(bound));
    }

    /// <summary>Writes the state now; does nothing without <see cref="SandboxOptions.StatePath"/>.</summary>
    public Task SaveAsync(CancellationToken cancellation) => _state is null ? Task.CompletedTask : _state.SaveAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using (CancellationTokenSource patience = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
            await _kestrel.StopAsync(patience.Token);
        _kestrel.Dispose();
        if (_state is not null) await _state.DisposeAsync();
        _stopping.Dispose();
    }
}
