using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Pipeline;

namespace ProvisioningConnector.Host.Cli;

/// <summary>The planner of a command: there is no way to write behind it.</summary>
internal sealed class CommandPlanner(Invocation invocation)
{
    /// <param name="request">What is asked for.</param>
    /// <param name="workspace">Configuration and store.</param>
    /// <param name="tenant">The tenant.</param>
    /// <returns>The plan; the caller disposes it.</returns>
    public Task<PreparedRun> PlanAsync(RunRequest request, Workspace workspace, ReadingTenant tenant) =>
        PipelineParts.Planner(workspace, tenant, invocation.Signals).PlanAsync(request, invocation.Signals.Stop);
}
