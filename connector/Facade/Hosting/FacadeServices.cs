using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Composition.Logging;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Telemetry;
using ProvisioningConnector.Graph.Http;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>The composition root of <c>serve</c>: one of each for the whole process.</summary>
internal sealed class FacadeServices : IAsyncDisposable
{
    private readonly SigningKeys? _signing;
    private readonly HttpClient? _issuer;

    private FacadeServices(ConnectorSettings settings, SharedStore shared, TimeProvider time, Serilog.ILogger log, IGraphTrace? trace)
    {
        (Settings, Shared, Time, Log) = (settings, shared, time, log);
        Tenants = new TenantSessions(settings, shared, time, trace, new EndSignals(Work.Stopping, Work.GiveUp, Work.Abandoned));
        Figures = new Figures(() => Tenants.Open.Select(static session => new TenantPacing(session.Settings.Name, session.Reading.Pacing())), time);
        Readiness = new ReadinessCheck(shared.Store.ApiKeys, Tenants, settings.Tenants.Keys, Work, time);
        ITokenCheck tokens = new NoTokens();
        if (settings.Facade.Jwt is { } jwt)
        {
            if (Path.IsPathRooted(jwt.Keys)) _signing = new SigningKeys(cancellation => File.ReadAllTextAsync(jwt.Keys, cancellation), time, log);
            else
            {
                HttpClient issuer = IssuerClient.Make();
                _issuer = issuer;
                _signing = new SigningKeys(cancellation => issuer.GetStringAsync(new Uri(jwt.Keys), cancellation), time, log);
            }

            tokens = new JwtCheck(jwt, _signing, time);
        }

        Callers = new CallerCheck(shared.Store.ApiKeys, new LoopbackAccounts(settings.Facade.LoopbackAccounts),
            tokens, new LoginThrottle(time), new RefusalRecords(shared.Trail, time), time);
    }

    public ConnectorSettings Settings { get; }

    /// <summary>Store, chain of evidence, digests.</summary>
    public SharedStore Shared { get; }

    public TenantSessions Tenants { get; }

    public CallerCheck Callers { get; }

    public ReadinessCheck Readiness { get; }

    public WorkInFlight Work { get; } = new();

    public Figures Figures { get; }

    public Serilog.ILogger Log { get; }

    public TimeProvider Time { get; }

    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public static async Task<FacadeServices> OpenAsync(ConnectorSettings settings, TimeProvider time, Serilog.ILogger log, CancellationToken cancellation) =>
        new(settings, await SharedStore.OpenAsync(settings, time, cancellation), time, log, new RequestTrace(log));

    /// <summary>Closes tenants, then the store: what waits to be written is written.</summary>
    public async ValueTask DisposeAsync()
    {
        Figures.Dispose();
        Readiness.Dispose();
        _signing?.Dispose();
        _issuer?.Dispose();
        try
        {
            await Tenants.DisposeAsync();
        }
        finally
        {
            Work.Dispose();
            await Shared.DisposeAsync();
        }
    }
}
