using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Tests.Runs;
using ProvisioningConnector.TestKit.Leases;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Locking;

/// <summary>A tenant and a store that several processes share.</summary>
internal abstract class Arena
{
    public const string TenantId = "tenant-1";

    protected Arena(VirtualWorld world, ModelTenant tenant)
    {
        (World, Tenant) = (world, tenant);
        Leases = new MemoryLeases
        {
            MayBeOnTheWay = Store.MayBeOnTheWay,
            Taken = Fence.Raise,
        };
    }

    public static LeaseTerms Terms { get; } = new(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(70));

    public VirtualWorld World { get; }

    public ModelTenant Tenant { get; }

    public MemoryRunStore Store { get; } = new();

    public MemoryLeases Leases { get; }

    public ModelFence Fence { get; } = new();

    /// <summary>Names of processes that their cluster gave up; they may be alive.</summary>
    public HashSet<string> DeclaredDead { get; } = new(StringComparer.Ordinal);

    /// <summary>Every write of every process.</summary>
    public List<CheckedWrite> Log { get; } = [];

    /// <summary>Plans as a process that begins a run does.</summary>
    public abstract Task<Planned> PlanAsync();
}
