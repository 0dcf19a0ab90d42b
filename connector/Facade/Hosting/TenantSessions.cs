using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Http;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>
/// The tenants of the process, each opened when it is first needed and then kept. One that cannot be opened stands in no one's way:
/// it is tried again with the next request, at most every <see cref="BetweenTries"/>.
/// </summary>
internal sealed class TenantSessions(ConnectorSettings settings, SharedStore shared, TimeProvider time, IGraphTrace trace, WorkInFlight work)
    : IAsyncDisposable
{
    public static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);
    private readonly SharedGates _gates = new(time);
    private readonly WriterOpening _writers = new(trace);
    private readonly ImmutableDictionary<string, Place> _places = settings.Tenants.ToImmutableDictionary(t => t.Key,
        t => new Place(t.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>Those that are open.</summary>
    public IEnumerable<TenantSession> Open => _places.Values.Select(p => p.Session).OfType<TenantSession>();

    /// <param name="name">A configured tenant.</param>
    /// <param name="cancellation">Stops waiting; the opening goes on for the others.</param>
    /// <exception cref="TenantException">No token, wrong tenant, no connection.</exception>
    /// <exception cref="ProvisioningException">A sandbox cannot be started.</exception>
    public async ValueTask<TenantSession> OpenAsync(string name, CancellationToken cancellation)
    {
        Place place = _places[name];
        if (place.Session is { } open) return open;
        await place.One.WaitAsync(cancellation);
        try
        {
            if (place.Session is { } opened) return opened;
            if (place.Problem is { } problem && time.GetUtcNow() - place.TriedAt < BetweenTries) throw Again(problem);
            place.TriedAt = time.GetUtcNow();
            try
            {
                place.Session = await OpenAsync(place.Settings, cancellation);
                place.Problem = null;
                return place.Session;
            }
            catch (Exception wrong) when (wrong is TenantException or ProvisioningException)
            {
                place.Problem = wrong;
                throw;
            }
        }
        finally
        {
            place.One.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Place place in _places.Values)
        {
            if (place.Session is { } session)
            {
                await session.Workspace("serve").KeepLearnedAsync(session.Reading.Learned, CancellationToken.None);
                await session.DisposeAsync();
            }

            place.One.Dispose();
        }
    }

    private async Task<TenantSession> OpenAsync(TenantSettings tenant, CancellationToken cancellation)
    {
        Workspace workspace = Workspace.Within(settings, tenant, shared, "serve", time, trace);
        TenantOpening opening = new(tenant, time, trace, _gates);
        ReadingTenant reading = await opening.OpenAsync(await workspace.LearnedAsync(cancellation), cancellation);
        bool done = false;
        try
        {
            await reading.AuthenticateAsync(cancellation);
            TenantSession session = await TenantSession.OpenAsync(settings, reading, _writers, shared, time, trace, work.Signals, cancellation);
            done = true;
            return session;
        }
        finally
        {
            if (!done) await reading.DisposeAsync();
        }
    }

    private static Exception Again(Exception problem) => problem switch
    {
        TenantException tenant => new TenantException(tenant.Error, tenant),
        ProvisioningException stopped => new ProvisioningException(stopped.Code, stopped.Message, stopped.Advice, stopped.Kind),
        _ => problem,
    };

    private sealed class Place(TenantSettings settings)
    {
        public TenantSettings Settings => settings;

        public SemaphoreSlim One { get; } = new(1, 1);

        public volatile TenantSession? Session;

        public Exception? Problem { get; set; }

        public DateTimeOffset TriedAt { get; set; }
    }
}
