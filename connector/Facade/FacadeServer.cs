using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Recon;
using Serilog;

namespace ProvisioningConnector.Facade;

/// <summary>The facade's web application. Nothing of the environment or of files beside ours configures it.</summary>
internal sealed class FacadeServer : IAsyncDisposable
{
    /// <summary>When every answer is given, connections have so long to close, or what is left until the process must be gone.</summary>
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(15);
    private readonly WebApplication _app;
    private readonly FacadeServices _services;
    private readonly ReconRegistry _recons;
    private readonly X509Certificate2? _certificate;

    private FacadeServer(WebApplication app, FacadeServices services, ReconRegistry recons, X509Certificate2? certificate) =>
        (_app, _services, _recons, _certificate) = (app, services, recons, certificate);

    /// <summary>Where it listens.</summary>
    public ImmutableArray<string> Addresses => [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <param name="services">Stays its owner's.</param>
    /// <param name="listeners">Where to listen.</param>
    /// <param name="map">The endpoints.</param>
    /// <param name="cancellation">Stops the start.</param>
    /// <exception cref="ProvisioningException">It cannot listen there, or the certificate cannot be used.</exception>
    public static async Task<FacadeServer> StartAsync(FacadeServices services, ImmutableArray<Listener> listeners,
        Action<IEndpointRouteBuilder> map, CancellationToken cancellation)
    {
        FacadeSettings settings = services.Settings.Facade;
        X509Certificate2? certificate = listeners.Any(l => l.IsHttps) && settings.Certificate is { } known ? ServerCertificate.Load(known) : null;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options => Configure(options, settings, listeners, certificate));
        builder.Services.AddSerilog(services.Log);
        builder.Services.AddSingleton<IHostLifetime, OurLifetime>();
        ReconRegistry recons = new(services);
        builder.Services.AddSingleton(recons);
        builder.Services.AddSingleton(new Admission(settings.MaxWaiting, settings.ReplyWithin, services.Time));
        builder.Services.AddRouting();
        builder.Services.AddRateLimiter(options => RateRules.Set(options, settings.RateLimit));
        builder.Services.AddRequestTimeouts(options => options.DefaultPolicy = new()
        {
            Timeout = settings.RequestTimeout, TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = static context => ErrorReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable,
                "It took too long.", TimeSpan.FromSeconds(5)),
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = CloseWithin);
        WebApplication app = builder.Build();
        bool started = false;
        try
        {
            FacadePipeline.Use(app, services, Listener.Hosts(listeners, settings));
            map(app);
            CheckDemands(app);
            await app.StartAsync(cancellation);
            started = true;
            return new FacadeServer(app, services, recons, certificate);
        }
        catch (IOException wrong)
        {
            throw new ProvisioningException("cannotListen", $"The facade cannot listen: {wrong.Message}", "Choose another address with --urls or Facade:Urls.");
        }
        finally
        {
            if (!started)
            {
                await app.DisposeAsync();
                await recons.DisposeAsync();
                certificate?.Dispose();
            }
        }
    }

    /// <summary>Begins nothing more, finishes requests and work in flight within
    /// <c>DrainWithin</c>, and ends. It listens until then, so that callers get an answer.</summary>
    public async Task<DrainEnd> StopAsync()
    {
        long from = _services.Time.GetTimestamp();
        _services.Work.Stop();
        // A change goes on when its caller went away, so no one else waits for it.
        foreach (TenantSession session in _services.Tenants.Open) _ = _services.Work.Track(session.Changes.Runs.DrainAsync(_services.Work.Abandoned));
        TimeSpan within = _services.Settings.Facade.DrainWithin;
        DrainEnd end = await _services.Work.DrainAsync(within, _services.Time);
        TimeSpan left = WorkInFlight.AbandonedAfter(within) - _services.Time.GetElapsedTime(from);
        using CancellationTokenSource closing = new(left > TimeSpan.Zero ? left : TimeSpan.Zero, _services.Time);
        await _app.StopAsync(closing.Token);
        return end;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _recons.DisposeAsync();
        _certificate?.Dispose();
    }

    private static void Configure(KestrelServerOptions options, FacadeSettings settings, ImmutableArray<Listener> listeners, X509Certificate2? certificate)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = settings.MaxBody;
        options.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        options.Limits.MaxRequestHeaderCount = 100;
        options.Limits.RequestHeadersTimeout = HeadersWithin;
        options.Limits.MaxConcurrentConnections = settings.MaxConnections;
        // Beyond MaxUrl, so that longer ones get an answer in our form as long as they are not absurd.
        options.Limits.MaxRequestLineSize = (settings.MaxUrl * 2) + 1024;
        options.Limits.MaxRequestBufferSize = Math.Max(1024 * 1024, options.Limits.MaxRequestLineSize);
        foreach (Listener listener in listeners)
        {
            if (listener.Address is null) options.ListenLocalhost(listener.Port, Secure);
            else if (listener.IsAny) options.ListenAnyIP(listener.Port, Secure);
            else options.Listen(listener.Address, listener.Port, Secure);

            void Secure(ListenOptions listen)
            {
                if (listener.IsHttps && certificate is not null) listen.UseHttps(certificate);
            }
        }
    }

    /// <summary>An endpoint without a demand would be open to every caller of every tenant.</summary>
    private static void CheckDemands(WebApplication app)
    {
        string[] open = [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints)
            .Where(e => e.Metadata.GetMetadata<DemandedRight>() is null).Select(e => e.DisplayName ?? "?")];
        if (open.Length > 0) throw new InvalidOperationException($"Endpoints that demand no right: {string.Join(", ", open)}.");
    }
}
