namespace ProvisioningConnector.Engine.Reconciliation;

/// <summary>How a run goes about its users.</summary>
public sealed record RunSettings
{
    /// <summary>Users worked on at once; one user's writes never overlap.</summary>
    public int UsersInFlight { get; init; } = 32;

    /// <summary>Start at most so many users; the rest waits for <c>resume</c>. Null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>Do so many users first, and the others only when all of them are done and verified. Null for none.</summary>
    public int? Canary { get; init; }

    /// <summary>What was used, told at the end.</summary>
    public Func<Used?> Used { get; init; } = () => null;
}
