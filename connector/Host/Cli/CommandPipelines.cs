using ProvisioningConnector.Composition;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Opens the pipeline of a command that may change the tenant.</summary>
internal sealed class CommandPipelines(Invocation invocation, WriterOpening writers, Messages messages)
{
    /// <summary>The caller disposes it.</summary>
    public TenantPipeline Open(Workspace workspace, ReadingTenant tenant) => TenantPipeline.Create(workspace, tenant, writers, invocation.Signals);

    /// <summary>Writes down what became of changes whose process died, and says so.</summary>
    public async Task SettleAsync(TenantPipeline pipeline, CancellationToken cancellation)
    {
        int settled = await pipeline.SettleAsync(cancellation);
        if (settled > 0) messages.Report($"note: {settled} earlier interrupted changes are settled now; see 'provision history USER'.");
    }
}
