using System.Text.Json;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Graph;
using ProvisioningConnector.Host.Audit;
using ProvisioningConnector.Host.Cli;
using ProvisioningConnector.Host.Configuration;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Stores.Notes;
using ProvisioningConnector.Stores.Runs;

namespace ProvisioningConnector.Host.Composition;

/// <summary>What a verb works with: configuration, the chosen tenant, the store. The one place where things are put together.</summary>
internal sealed class Workspace : IAsyncDisposable
{
    private const string DigestKey = "digests";
    private const string SealKey = "seal";
    private const string StatesKey = "states";
    private readonly IGraphTrace? _trace;
    private readonly DatabaseRunStore _store;

    private Workspace(
        ConnectorSettings settings, TenantSettings tenant, DatabaseRunStore store, KeyedDigests digests, StateDigests stateDigests, AuditDesk audit, TimeProvider time, IGraphTrace? trace) =>
        (Settings, Tenant, _store, Digests, StateDigests, Audit, Time, _trace) = (settings, tenant, store, digests, stateDigests, audit, time, trace);

    public ConnectorSettings Settings { get; }

    public TenantSettings Tenant { get; }

    public IRunStore Store => _store;

    public IApprovals Approvals => _store.Approvals;

    /// <summary>The chain of evidence.</summary>
    public AuditDesk Audit { get; }

    /// <summary>What was verified of users.</summary>
    public IVerifiedStates States => _store.VerifiedStates;

    public ISourceMemory Sources => new NotedSources(Store);

    public IQuarantines Quarantines => new NotedQuarantines(Store);

    /// <summary>Users to be tried again; the same for the whole command.</summary>
    public IRetryMemory Retries => field ??= new NotedRetries(Store);

    public ITenantLease Leases => _store.Leases;

    public IUserLocks Locks => _store.Leases;

    /// <summary>Tags and fingerprints of this store.</summary>
    public KeyedDigests Digests { get; }

    /// <summary>Digests of verified states of this store.</summary>
    public StateDigests StateDigests { get; }

    public TimeProvider Time { get; }

    /// <exception cref="SettingsException">The configuration is wrong.</exception>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    /// <exception cref="CommandStopped">No such tenant.</exception>
    public static async Task<Workspace> OpenAsync(VerbContext context, CancellationToken cancellation)
    {
        TimeProvider time = context.Time;
        ConnectorSettings settings = SettingsFile.Read(context.Options.ConfigFile);
        TenantSettings tenant = Choose(settings, context.Options.Tenant);
        if (settings.IsBuiltIn) context.Tell("note: no tenant is configured, so this is the built-in SANDBOX tenant; nothing real is read or changed.");
        DatabaseRunStore store = await StoreOpening.OpenAsync(settings.Store, time, create: true, cancellation);
        KeyedDigests digests = new((await store.KeyAsync(DigestKey, cancellation)).Span);
        ReadOnlyMemory<byte> states = await store.KeyAsync(StatesKey, cancellation);
        HeadFile? second = settings.Audit.HeadFile is { } path ? new HeadFile(path) : null;
        AuditDesk audit = new(store, await store.AuditAsync(cancellation), second, tenant, digests, context.Actor, time);
        return new Workspace(settings, tenant, store, digests, new StateDigests(states.Span), audit, time, context.Log);
    }

    /// <summary>What the store remembers of single users.</summary>
    public IUserHistory History => _store.History;

    public TenantOpening Opening() => new(Tenant, Time, _trace);

    /// <summary>The key that plans are sealed with.</summary>
    public ValueTask<ReadOnlyMemory<byte>> SealKeyAsync(CancellationToken cancellation) => Store.KeyAsync(SealKey, cancellation);

    /// <summary>What earlier runs learned of this tenant's quota.</summary>
    public async ValueTask<LearnedRates?> LearnedAsync(CancellationToken cancellation) =>
        await Store.ReadNoteAsync(RatesNote, cancellation) is { } text ? JsonSerializer.Deserialize<LearnedRates>(text) : null;

    public ValueTask KeepLearnedAsync(LearnedRates rates, CancellationToken cancellation) =>
        Store.WriteNoteAsync(RatesNote, JsonSerializer.Serialize(rates), cancellation);

    /// <summary>Writes down what a run of this plan verifies.</summary>
    public StateRecorder Recorder(PlanHead plan) => new(States, StateDigests, Time, plan.Tenant.Id, plan.Policy, plan.Limits)
    {
        PlannedAt = plan.CreatedAt, IsPartial = plan.Source.Name.StartsWith(SourceIdentity.UndoPrefix, StringComparison.Ordinal),
    };

    /// <summary>Tells drift from intent while a plan is made.</summary>
    public DriftMemory Drift(ReadingTenant tenant) => new(States, tenant.Changes, StateDigests, Time,
        new HiddenValues(text => Masking.Number(text, Digests) ?? Masking.Hidden, text => Masking.Address(text) ?? Masking.Hidden));

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private string RatesNote => $"rates:{Tenant.Name}:{Tenant.Graph.TenantId}:{Tenant.Credential?.ClientId}";

    private static TenantSettings Choose(ConnectorSettings settings, string? asked)
    {
        string name = asked ?? settings.DefaultTenant
            ?? throw new CommandStopped("tenantNeeded", "The configuration has tenants, but none is chosen.", $"Set DefaultTenant or use --tenant: {string.Join(", ", settings.Tenants.Keys.Order(StringComparer.Ordinal))}.");
        return settings.Tenants.TryGetValue(name, out TenantSettings? tenant)
            ? tenant
            : throw new CommandStopped("unknownTenant", $"The configuration has no tenant '{name}'.", ClosestName.Hint(name, settings.Tenants.Keys));
    }
}
