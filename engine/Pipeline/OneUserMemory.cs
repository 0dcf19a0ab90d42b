using ProvisioningConnector.Engine.Concurrency;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>What changes of one user share in a process: their order, what was written a moment ago, what was read of the tenant.</summary>
internal sealed class OneUserMemory
{
    public OneUserMemory(PipelinePorts ports, PipelineSettings settings)
    {
        Recent = new RecentWrites(ports.Time, settings.OwnWritesShownWithin);
        UserChangePlanner = new UserChangePlanner(ports, settings, Recent, ports.Signals.Stop);
    }

    /// <summary>One at a time per user inside the process, in the order of arrival.</summary>
    public UserQueues Queues { get; } = new();

    public RecentWrites Recent { get; }

    public UserChangePlanner UserChangePlanner { get; }
}
