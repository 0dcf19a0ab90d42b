namespace ProvisioningConnector.Sandbox;

/// <summary>What goes wrong, and when.</summary>
public sealed record FaultPlan
{
    public static FaultPlan None { get; } = new();
}
