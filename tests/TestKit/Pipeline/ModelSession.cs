using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.TestKit.Pipeline;

/// <summary>A model tenant as the pipeline reads it.</summary>
public sealed class ModelSession(VirtualWorld world, ModelTenant tenant) : ITenant
{
    public TenantIdentity Identity { get; init; } = new("contoso", "tenant-1", "Global", true);

    /// <summary>A rehearsal, unless a test says otherwise.</summary>
    public bool IsLoopback { get; init; } = true;

    public IUserDirectory Directory => tenant;

    public IMethodsReader Methods { get; init; } = tenant;

    public IChangeFeed Changes { get; } = new ModelChangeFeed(world, tenant);

    public LearnedRates Learned { get; } = new(null, null);

    public Forecast Forecast(long reads, long writes) => new(reads, writes, 0);

    public void Executing()
    {
    }

    public bool MayBegin(int preparing) => preparing < 32;

    public Used Used() => new(0, 0, 0, 0, null);
}
