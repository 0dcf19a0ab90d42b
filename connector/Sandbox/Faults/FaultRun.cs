namespace ProvisioningConnector.Sandbox;

/// <summary>A fault plan being played: it knows how often each rule matched.</summary>
internal sealed class FaultRun(FaultPlan plan)
{
    public FaultPlan Plan { get; } = plan;
}
