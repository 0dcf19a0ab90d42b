using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;

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

    /// <summary>Fetches the token that writes for a work, so that a wrong credential is found before anything else.</summary>
    public Task AuthenticateAsync(PlanOrigin origin, CancellationToken cancellation) => _writer.ForWork(origin).AuthenticateAsync(cancellation);

    /// <summary>For a command or a run.</summary>
    public static TenantPipeline Create(Workspace workspace, ReadingTenant tenant, WriterOpening writers, EndSignals signals) =>
        Open(PipelineParts.Ports(workspace, _ => workspace.Audit, tenant, signals), workspace, step => writers.Open(tenant, step), static _ => { });

    /// <param name="ports">Of <see cref="PipelineParts.Ports"/>.</param>
    /// <param name="workspace">Configuration and store.</param>
    /// <param name="open">Opens the way to write, for a step of <c>migrate</c> or (null) for other work; called when the first write is to be sent.</param>
    /// <param name="abandoned">Receives the error of a change whose caller had left.</param>
    public static TenantPipeline Open(PipelinePorts ports, Workspace workspace, Func<string?, TenantWriter> open, Action<Exception> abandoned) =>
        new(new LateWriter(open), ports, PipelineParts.Settings(workspace) with { Abandoned = abandoned });

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
}
