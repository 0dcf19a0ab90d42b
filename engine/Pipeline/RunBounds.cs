namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>How far a run goes.</summary>
/// <param name="Limit">Start at most so many users; null: all.</param>
/// <param name="Canary">Do so many first, the others only when all of them are done and verified; null: none.</param>
public sealed record RunBounds(long? Limit, int? Canary)
{
    public static RunBounds None { get; } = new(null, null);
}
