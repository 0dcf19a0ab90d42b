using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Spool;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Stores.Tests.Contract;

public sealed class SqlitePlanSpoolTests : PlanSpoolContract
{
    protected override IPlanSpool Make() => SqlitePlanSpool.Create();
}

public sealed class MemoryPlanSpoolTests : PlanSpoolContract
{
    protected override IPlanSpool Make() => new MemoryPlanSpool();
}
