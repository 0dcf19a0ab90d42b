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

namespace ProvisioningConnector.Facade;

/// <summary>The facade's web application. Nothing of the environment or of files beside ours configures it.</summary>
internal sealed class FacadeServer : IAsyncDisposable
{
    /// <summary>When every answer is given, connections have so long to close, or what is left until the process must be gone.</summary>
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(15);
    private readonly WebApplication _app;
    private readonly FacadeStart _start;
    private readonly X509Certificate2? _certificate;

    private readonly WorkInFlight _work;
    private readonly TenantSessions _tenants;

    private FacadeServer(WebApplication app, FacadeStart start, X509Certificate2? certificate)
    {
        (_app, _start, _certificate) = (app, start, certificate);
        (_work, _tenants) = (app.Services.GetRequiredService<WorkInFlight>(), app.Services.GetRequiredService<TenantSessions>());
    }

    /// <summary>Where it listens.</summary>
    public ImmutableArray<string> Addresses => [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <summary>What it is made of.</summary>
    internal IServiceProvider Services => _app.Services;

    /// <exception cref="ProvisioningException">It cannot listen there, or the certificate cannot be used.</exception>
    public static async Task<FacadeServer> StartAsync(FacadeStart start, CancellationToken cancellation)
    {
        FacadeSettings settings = start.Settings.Facade;
        ImmutableArray<Listener> listeners = start.Listeners;
        X509Certificate2? certificate = listeners.Any(l => l.IsHttps) && settings.Certificate is { } known ? ServerCertificate.Load(known) : null;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options => Configure(options, settings, listeners, certificate));
        builder.Services.AddSingleton<IHostLifetime, OurLifetime>();
        FacadeServices.Add(builder.Services, start);
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
            FacadePipeline.Use(app, settings, Listener.Hosts(listeners, settings));
            foreach (IEndpoints endpoints in app.Services.GetServices<IEndpoints>()) endpoints.Map(app);
            start.More(app);
            CheckDemands(app);
            await app.StartAsync(cancellation);
            started = true;
            return new FacadeServer(app, start, certificate);
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
