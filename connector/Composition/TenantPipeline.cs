using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Audit;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Runs.Drift;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Stores.Spool;

namespace ProvisioningConnector.Composition;

/// <summary>The pipeline of one tenant, put together: for a command, for a run, or for all requests of a process.</summary>
internal sealed class TenantPipeline : IAsyncDisposable
{
    private readonly LateWriter _writer;

    private TenantPipeline(LateWriter writer, PipelinePorts ports, PipelineSettings settings)
    {
        (_writer, Ports, Settings) = (writer, ports, settings);
        Runs = new RunPipeline(ports, settings, writer);
    }

    /// <summary>The only way to change the tenant.</summary>
    public RunPipeline Runs { get; }

    public PipelinePorts Ports { get; }

    public PipelineSettings Settings { get; }

    /// <summary>The way to write; the write credential is loaded when it is first asked for.</summary>
    public TenantWriter Writing => _writer.Writer;

    /// <summary>For a command.</summary>
    public static TenantPipeline Of(Workspace workspace, ReadingTenant tenant, TenantOpening opening, EndSignals signals) =>
        Open(PortsOf(workspace, _ => workspace.Audit, tenant, signals), workspace, opening, static _ => { });

    /// <param name="ports">Of <see cref="PortsOf"/>.</param>
    /// <param name="workspace">Configuration and store.</param>
    /// <param name="opening">Opens the way to write.</param>
    /// <param name="abandoned">Receives the error of a change whose caller had left.</param>
    public static TenantPipeline Open(PipelinePorts ports, Workspace workspace, TenantOpening opening, Action<Exception> abandoned) =>
        new(new LateWriter(opening.OpenForWriting), ports, SettingsOf(workspace) with { Abandoned = abandoned });

    /// <summary>Plans only: there is no way to write behind it.</summary>
    public static RunPlanner Planner(Workspace workspace, ReadingTenant tenant, EndSignals signals) =>
        new(PortsOf(workspace, _ => workspace.Audit, tenant, signals), SettingsOf(workspace));

    /// <param name="workspace">Store and settings.</param>
    /// <param name="audit">The evidence in the name of an actor.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="signals">How it is asked to end.</param>
    public static PipelinePorts PortsOf(Workspace workspace, Func<string, AuditRecorder> audit, ReadingTenant tenant, EndSignals signals) => new()
    {
        Tenant = tenant, Reads = new SharedReads(new CoalescedReads(tenant.Methods), CancellationToken.None),
        Store = workspace.Store, Approvals = workspace.Approvals, Quarantines = workspace.Quarantines, Sources = workspace.Sources,
        Retries = workspace.Retries, Numbers = workspace.Numbers, States = workspace.States, StateDigests = workspace.StateDigests, Windows = workspace.Windows,
        Hidden = new HiddenValues(
            text => Masking.Number(text, workspace.Digests) ?? Masking.Hidden, text => Masking.Address(text) ?? Masking.Hidden),
        Leases = workspace.Leases, Locks = workspace.Locks, Evidence = audit, NewSpool = static () => SqlitePlanSpool.Create(),
        KeepLearnedAsync = workspace.KeepLearnedAsync, Signals = signals, Time = workspace.Time,
    };

    /// <summary>Writes down what became of changes whose process died; nothing is sent.</summary>
    public Task<int> SettleAsync(CancellationToken cancellation) => new InterruptedChanges(Ports, Settings).SettleAsync(cancellation);

    /// <summary>Waits until what has begun is at its end, or nothing is waited for any more.</summary>
    public async ValueTask DisposeAsync()
    {
        CancellationToken gone = Ports.Signals.Gone;
        try
        {
            await Runs.DrainAsync(gone);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // Intents are in the store: what is left behind is settled when the tenant is opened again.
        }

        _writer.Dispose();
    }

    private static PipelineSettings SettingsOf(Workspace workspace) => new()
    {
        Holder = $"{Identity.Actor}/{Identity.NewId('h', workspace.Time.GetUtcNow())}", Process = HostProcess.Current(),
        LeaseHolder = HostProcess.Holder, IsGone = HostProcess.IsGone, ToolVersion = Identity.ToolVersion,
        NewId = kind => Identity.NewId(kind, workspace.Time.GetUtcNow()), RequireApproval = workspace.Tenant.RequireApproval,
        Policy = workspace.Tenant.Policy, Limits = workspace.Tenant.Guardrails, Protected = workspace.Tenant.Protected,
        PlanMaxAge = workspace.Tenant.PlanMaxAge, FullSweepAfter = workspace.Tenant.FullSweepAfter,
        Execution = new ExecutorSettings { RequestTimeout = workspace.Tenant.Graph.RequestTimeout }, LockDuration = workspace.Tenant.LeaseDuration,
    };
}
