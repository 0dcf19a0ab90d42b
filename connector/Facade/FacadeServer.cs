using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade;

/// <summary>The facade's web application. Nothing of the environment or of files beside ours configures it.</summary>
internal sealed class FacadeServer : IAsyncDisposable
{
    /// <summary>When every answer is given, connections have so long to close, or what is left until the process must be gone.</summary>
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(20);

    /// <summary>Also until the first byte of a new connection.</summary>
    private static readonly TimeSpan IdleWithin = TimeSpan.FromSeconds(30);
    private readonly WebApplication _app;
    private readonly FacadeStart _start;
    private readonly X509Certificate2? _certificate;
    private readonly ConnectionLimits[] _limits;
    private readonly WorkInFlight _work;
    private readonly TenantSessions _tenants;

    private FacadeServer(WebApplication app, FacadeStart start, X509Certificate2? certificate, ConnectionLimits[] limits)
    {
        (_app, _start, _certificate, _limits) = (app, start, certificate, limits);
        (_work, _tenants) = (app.Services.GetRequiredService<WorkInFlight>(), app.Services.GetRequiredService<TenantSessions>());
    }

    /// <summary>Where it serves callers.</summary>
    public ImmutableArray<string> Addresses => _start.Health is null ? All : All[..^1];

    /// <summary>Where it answers health checks apart from everything else; null: nowhere.</summary>
    public string? HealthAddress => _start.Health is null ? null : All[^1];

    /// <summary>In the order in which they were opened.</summary>
    private ImmutableArray<string> All => [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <summary>What it is made of.</summary>
    internal IServiceProvider Services => _app.Services;

    /// <exception cref="ProvisioningException">It cannot listen there, or the certificate cannot be used.</exception>
    public static async Task<FacadeServer> StartAsync(FacadeStart start, CancellationToken cancellation)
    {
        FacadeSettings settings = start.Settings.Facade;
        bool needsCertificate = start.Listeners.Any(l => l.IsHttps) || start.Health is { IsHttps: true };
        X509Certificate2? certificate = needsCertificate && settings.Certificate is { } known ? ServerCertificate.Load(known) : null;
        // Counted apart, so that health is answered when callers have all the connections that they may have.
        ConnectionLimits[] limits = [Limits(start), Limits(start)];
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            Configure(options, settings);
            foreach (Listener listener in start.Listeners) Open(options, listener, limits[0], certificate);
            if (start.Health is { } health) Open(options, health, limits[1], certificate, HealthConnection.Mark);
        });
        builder.Services.AddSingleton<IHostLifetime, OurLifetime>();
        FacadeServices.Add(builder.Services, start);
        builder.Services.AddRouting();
        builder.Services.AddRateLimiter(options => RateRules.Set(options, settings.RateLimit));
        builder.Services.AddRequestTimeouts(options => options.DefaultPolicy = new()
        {
            Timeout = settings.RequestTimeout, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = static context => ErrorReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable,
                "The operation timed out.", TimeSpan.FromSeconds(5)),
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = CloseWithin);
        WebApplication app = builder.Build();
        bool started = false;
        try
        {
            FacadePipeline.Use(app, settings, Listener.Hosts(start.Listeners, settings));
            foreach (IEndpoints endpoints in app.Services.GetServices<IEndpoints>()) endpoints.Map(app);
            start.More(app);
            EndpointCheck.Check(app);
            await app.StartAsync(cancellation);
            started = true;
            return new FacadeServer(app, start, certificate, limits);
        }
        catch (IOException wrong)
        {
            throw new ProvisioningException("cannotListen",
                $"The service cannot listen: {wrong.Message} Choose another address with --urls, Facade:Urls or Facade:HealthUrl.");
        }
        finally
        {
            if (!started)
            {
                // Background services that have begun are ended by it; otherwise the host would log their end as a fault.
                app.Lifetime.StopApplication();
                await app.DisposeAsync();
                foreach (ConnectionLimits unused in limits) unused.Dispose();
                certificate?.Dispose();
            }
        }
    }

    /// <summary>Begins nothing more, finishes requests and work in flight within
    /// <c>DrainWithin</c>, and ends. It listens until then, so that callers get an answer.</summary>
    public async Task<DrainEnd> StopAsync()
    {
        long from = _start.Time.GetTimestamp();
        _work.Stop();
        // A change goes on when its caller went away, so no one else waits for it.
        foreach (TenantSession session in _tenants.Open) _work.Start(() => session.Changes.Runs.DrainAsync(_work.Abandoned));
        TimeSpan within = _start.Settings.Facade.DrainWithin;
        DrainEnd end = await _work.DrainAsync(within, _start.Time);
        TimeSpan left = WorkInFlight.AbandonedAfter(within) - _start.Time.GetElapsedTime(from);
        using CancellationTokenSource closing = new(left > TimeSpan.Zero ? left : TimeSpan.Zero, _start.Time);
        await _app.StopAsync(closing.Token);
        return end;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        foreach (ConnectionLimits limits in _limits) limits.Dispose();
        _certificate?.Dispose();
    }

    private static ConnectionLimits Limits(FacadeStart start)
    {
        FacadeSettings settings = start.Settings.Facade;
        return new ConnectionLimits(settings.MaxConnections, settings.MaxConnectionsPerAddress, settings.KnownProxies, start.Time,
            start.Logs.CreateLogger<ConnectionLimits>());
    }

    private static void Configure(KestrelServerOptions options, FacadeSettings settings)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = settings.MaxBody;
        options.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        options.Limits.MaxRequestHeaderCount = 100;
        options.Limits.RequestHeadersTimeout = HeadersWithin;
        options.Limits.KeepAliveTimeout = IdleWithin;
        // Beyond MaxUrl, so that longer ones get an answer in our form as long as they are not absurd.
        options.Limits.MaxRequestLineSize = (settings.MaxUrl * 2) + 1024;
        options.Limits.MaxRequestBufferSize = Math.Max(1024 * 1024, options.Limits.MaxRequestLineSize);
    }

    private static void Open(
        KestrelServerOptions options, Listener listener, ConnectionLimits limits, X509Certificate2? certificate,
        Func<ConnectionDelegate, ConnectionDelegate>? mark = null)
    {
        if (listener.Address is null) options.ListenLocalhost(listener.Port, Steps);
        else if (listener.IsAny) options.ListenAnyIP(listener.Port, Steps);
        else options.Listen(listener.Address, listener.Port, Steps);

        void Steps(ListenOptions listen)
        {
            listen.Use(limits.Admit);
            if (mark is not null) listen.Use(mark);
            if (listener.IsHttps && certificate is not null) listen.UseHttps(certificate);
        }
    }
}
