using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Audit;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Pipeline;

namespace ProvisioningConnector.Composition;

/// <summary>Changes of single users of one tenant, put together: for a verb, or for all requests of a process.</summary>
internal sealed class ChangeDesk : IAsyncDisposable
{
    private readonly LateWriter _writer;

    private readonly CancellationToken _gone;

    private ChangeDesk(LateWriter writer, ChangePorts ports, ChangeSettings settings, EndSignals signals)
    {
        (_writer, Ports, Settings, _gone) = (writer, ports, settings, signals.Gone);
        Flow = new OneUserFlow(ports, settings, signals);
    }

    /// <summary>The one way of changing a user.</summary>
    public OneUserFlow Flow { get; }

    public ChangePorts Ports { get; }

    public ChangeSettings Settings { get; }

    /// <summary>The way to write; the write credential is loaded when it is first asked for.</summary>
    public WritingDoor Writing => _writer.Door;

    /// <param name="workspace">In the name of whom it works where a change names nobody.</param>
    /// <param name="audit">The evidence desk of an actor.</param>
    /// <param name="reading">The tenant.</param>
    /// <param name="opening">Opens the way to write.</param>
    /// <param name="reason">Why, for the chain of evidence.</param>
    /// <param name="abandoned">Hears of a change that failed when its caller was gone.</param>
    /// <param name="signals">How it is asked to end.</param>
    public static ChangeDesk Open(
        Workspace workspace, Func<string, AuditDesk> audit, ReadingTenant reading, TenantOpening opening,
        string? reason, Action<Exception> abandoned, EndSignals signals)
    {
        LateWriter writer = new(opening.OpenForWriting);
        TimeProvider time = workspace.Time;
        ChangePorts ports = new()
        {
            Directory = reading.Directory, Reads = new SharedReads(new CoalescedReads(reading.Methods), CancellationToken.None),
            Writer = writer, Secrets = writer,
            Store = workspace.Store, Locks = workspace.Locks, Leases = workspace.Leases, Windows = workspace.Windows, States = workspace.States,
            Witness = new ChangeWitness(audit, reason), Time = time,
        };
        ChangeSettings settings = new()
        {
            Tenant = reading.Identity, Holder = $"{Identity.Actor}/{Identity.NewId('h', time.GetUtcNow())}", Process = HostProcess.Current(),
            ToolVersion = Identity.ToolVersion, NewId = kind => Identity.NewId(kind, time.GetUtcNow()),
            RequireApproval = workspace.Tenant.RequireApproval, Policy = workspace.Tenant.Policy,
            Limits = workspace.Tenant.Guardrails, Protected = workspace.Tenant.Protected,
            Execution = new ExecutorSettings { RequestTimeout = workspace.Tenant.Graph.RequestTimeout },
            LockDuration = workspace.Tenant.LeaseDuration, Abandoned = abandoned,
        };
        return new ChangeDesk(writer, ports, settings, signals);
    }

    /// <summary>Writes down what became of changes whose process died; nothing is sent.</summary>
    public Task<int> SettleAsync(CancellationToken cancellation) => new InterruptedChanges(Ports, Settings).SettleAsync(cancellation);

    /// <summary>Waits until what has begun is at its end, or nobody waits any more.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Flow.DrainAsync(_gone);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // Intents are in the store: what is left behind is settled when the tenant is opened again.
        }

        _writer.Dispose();
    }
}
