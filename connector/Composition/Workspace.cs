using System.Text.Json;
using ProvisioningConnector.Composition.Audit;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Runs.Drift;
using ProvisioningConnector.Engine.Runs.Memory;
using ProvisioningConnector.Engine.Runs.Standing;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Numbers;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Stores.Notes;

namespace ProvisioningConnector.Composition;

/// <summary>Configuration, one of its tenants and the store, in the name of an actor.</summary>
internal sealed class Workspace : IAsyncDisposable
{
    private readonly IGraphTrace _trace;
    private readonly SharedStore _shared;
    private readonly bool _owns;

    private Workspace(ConnectorSettings settings, TenantSettings tenant, SharedStore shared, bool owns, string actor, TimeProvider time, IGraphTrace trace)
    {
        (Settings, Tenant, _shared, _owns, Time, _trace) = (settings, tenant, shared, owns, RehearsalClock.For(tenant, time), trace);
        Audit = new AuditRecorder(shared.Store, shared.Trail, shared.Second, tenant, shared.Digests, actor, Time);
    }

    public ConnectorSettings Settings { get; }

    public TenantSettings Tenant { get; }

    public IRunStore Store => _shared.Store;

    public IApprovals Approvals => _shared.Store.Approvals;

    /// <summary>Audit trail.</summary>
    public AuditRecorder Audit { get; }

    /// <summary>The second opinion on numbers; loaded when it is first asked.</summary>
    public INumberOpinion Numbers { get; } = new LibPhoneNumber();

    /// <summary>What was verified of users.</summary>
    public IVerifiedStates States => _shared.Store.VerifiedStates;

    public ISourceMemory Sources => new NotedSources(Store);

    public IQuarantines Quarantines => new NotedQuarantines(Store);

    /// <summary>Passes on their way to people.</summary>
    public IHandOvers HandOvers => new NotedHandOvers(Store);

    /// <summary>Which tenants were asked what is not certain of them.</summary>
    public IProbes Probes => new NotedProbes(Store);

    /// <summary>Users to be tried again; the same for the whole command.</summary>
    public IRetryMemory Retries => field ??= new NotedRetries(Store, Time);

    public ITenantLease Leases => _shared.Store.Leases;

    public UserLocking Locks => new(_shared.Store.Leases, _shared.Store.Leases, HostProcess.IsGone, Time);

    /// <summary>How runs stand now.</summary>
    public RunStandings Standings => _shared.Standings(Time);

    /// <summary>What single changes wrote of late, and their openings.</summary>
    public IWriteWindows Windows => _shared.Store.Windows;

    /// <summary>Tags and fingerprints of this store.</summary>
    public KeyedDigests Digests => _shared.Digests;

    /// <summary>Digests of verified states of this store.</summary>
    public StateDigests StateDigests => _shared.StateDigests;

    /// <summary>The clock; that of a sandbox may be on another day.</summary>
    public TimeProvider Time { get; }

    /// <summary>For one command: the store is opened for it and closed with it.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="tenant">One of its tenants.</param>
    /// <param name="actor">For whom the work is done; the chain of evidence names them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="trace">Receives every request to the tenant.</param>
    /// <param name="cancellation">Stops the opening.</param>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public static async Task<Workspace> OpenAsync(
        ConnectorSettings settings, TenantSettings tenant, string actor, TimeProvider time, IGraphTrace trace, CancellationToken cancellation) =>
        new(settings, tenant, await SharedStore.OpenAsync(settings, time, cancellation), owns: true, actor, time, trace);

    /// <summary>In a process that serves many: the store is shared and stays open.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="tenant">One of its tenants.</param>
    /// <param name="shared">The open store.</param>
    /// <param name="actor">The person or key for whom the work is done, as recorded in the audit chain.</param>
    /// <param name="time">The clock.</param>
    /// <param name="trace">Called for every request to the tenant.</param>
    public static Workspace Within(ConnectorSettings settings, TenantSettings tenant, SharedStore shared,
        string actor, TimeProvider time, IGraphTrace trace) =>
        new(settings, tenant, shared, owns: false, actor, time, trace);

    /// <summary>What the store remembers of single users.</summary>
    public IUserHistory History => _shared.Store.History;

    public TenantOpening Opening() => new(Tenant, Time, _trace);

    /// <summary>Forgets users and operations of this tenant's steps of <c>migrate</c> that cannot be undone any more.</summary>
    /// <returns>How many runs were emptied.</returns>
    public Task<int> ForgetEndedStepsAsync(CancellationToken cancellation) => EndedSteps.ForgetAsync(_shared.Store,
        run => run.Plan.Tenant.Name == Tenant.Name ? MigrationParts.UndoMaxAge(Tenant, run.Plan.Origin) : null, Time.GetUtcNow(), cancellation);

    /// <summary>The key that plans are sealed with.</summary>
    public ValueTask<ReadOnlyMemory<byte>> SealKeyAsync(CancellationToken cancellation) => Store.KeyAsync(StoreKeys.Plans, cancellation);

    /// <summary>What earlier runs learned of this tenant's quota.</summary>
    public async ValueTask<LearnedRates?> LearnedAsync(CancellationToken cancellation) =>
        await Store.ReadNoteAsync(RatesNote, cancellation) is { } text ? JsonSerializer.Deserialize<LearnedRates>(text) : null;

    public ValueTask KeepLearnedAsync(LearnedRates rates, CancellationToken cancellation) =>
        Store.WriteNoteAsync(RatesNote, JsonSerializer.Serialize(rates), cancellation);

    /// <summary>Distinguishes drift from intent while a plan is made.</summary>
    public DriftMemory Drift(ReadingTenant tenant) => new(States, tenant.Changes, StateDigests, Time,
        new HiddenValues(text => Masking.Number(text, Digests) ?? Masking.Hidden, text => Masking.Address(text) ?? Masking.Hidden));

    public ValueTask DisposeAsync() => _owns ? _shared.DisposeAsync() : ValueTask.CompletedTask;

    private string RatesNote => $"rates:{Tenant.Name}:{Tenant.Graph.TenantId}:{Tenant.Credential?.ClientId}";
}
