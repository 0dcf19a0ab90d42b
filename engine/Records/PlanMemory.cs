namespace ProvisioningConnector.Engine.Records;

/// <summary>What guardrails know of earlier runs.</summary>
/// <param name="LastAccepted">The last accepted state of the same source; null when there is none.</param>
/// <param name="Past">What earlier runs applied.</param>
public sealed record PlanMemory(AcceptedSource? LastAccepted, PastWrites Past)
{
    public static PlanMemory None { get; } = new(null, PastWrites.None);
}
