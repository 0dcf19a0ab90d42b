using System.Globalization;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Leases;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Pipeline;

/// <summary>Processes that change the one user of a tenant (<see cref="ChangeBench.Uid"/> 1, who has the mobile number 1), over one store.</summary>
internal sealed class ChangeProcesses
{
    private readonly VirtualWorld _world;
    private readonly MemoryLeases _leases;
    private readonly MemoryWriteWindows _windows = new();
    private readonly List<CheckedWrite> _log = [];

    public ChangeProcesses(VirtualWorld world)
    {
        _world = world;
        Tenant = new ModelTenant(world) { RequestTimeout = RequestTimeout };
        Tenant.Add(new DirectoryUser(ChangeBench.Uid(1), "u1@contoso.com", "User 1"), Some.User.Mobile(ChangeBench.Phone(1)));
        _leases = new MemoryLeases { MayBeOnTheWay = Store.MayBeOnTheWay };
    }

    public static TimeSpan RequestTimeout { get; } = TimeSpan.FromSeconds(70);

    public ModelTenant Tenant { get; }

    public MemoryRunStore Store { get; } = new();

    /// <summary>The process that is gone, for those that can know.</summary>
    public string? Dead { get; set; }

    /// <param name="name">Its name.</param>
    /// <param name="knows">The process of which it can know that it is gone.</param>
    public ChangeProcess Start(string name, string? knows = null)
    {
        ModelProcess process = new(_world, name);
        ProcessTenant tenant = new(process, Tenant, _log);
        ProcessLeases locks = new(process, _leases);
        PipelinePorts ports = TestPipeline.Ports(
            new ModelSession(_world, Tenant) { Methods = tenant }, new ProcessRunStore(process, Store, new ModelFence()), _leases, process.Time) with
        {
            Reads = tenant,
            Windows = _windows,
            Leases = locks,
            Locks = new UserLocking(locks, locks, holder => knows is not null && Dead == knows && holder.ProcessStart == knows, process.Time),
        };
        int ids = 0;
        PipelineSettings settings = TestPipeline.Settings() with
        {
            Holder = name,
            Process = process.Holder(name),
            NewId = kind => string.Create(CultureInfo.InvariantCulture, $"{kind}{name}{++ids}"),
            Execution = new ExecutorSettings { RequestTimeout = RequestTimeout },
        };
        return new ChangeProcess(process, tenant, new RunPipeline(ports, settings, new ModelWriter(tenant)), new InterruptedChanges(ports, settings));
    }

    /// <summary>Requests of a process that left.</summary>
    public IEnumerable<CheckedWrite> SentBy(string name) => _log.Where(write => write.By == name);

    /// <summary>When requests of a process changed the user.</summary>
    public IEnumerable<DateTimeOffset> AppliedBy(string name) =>
        _log.Zip(Tenant.Writes).Where(pair => pair.First.By == name).Select(pair => pair.Second.AppliedAt).OfType<DateTimeOffset>();
}

/// <summary>One of them.</summary>
internal sealed record ChangeProcess(ModelProcess Process, ProcessTenant Tenant, RunPipeline Runs, InterruptedChanges After)
{
    /// <summary>Gives the user one mobile number.</summary>
    public Task<RunResult> ChangeAsync(int number) => Runs.ChangeAsync(ChangeBench.Request(1, Some.List(ChangeBench.Phone(number) + ":mobile")), default);
}
