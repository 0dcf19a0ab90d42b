using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>Everything that guardrails look at: exact counts over the whole plan, before anything is withheld.</summary>
public sealed record PlanMeasures
{
    public required Summary Summary { get; init; }

    /// <summary>What percentages are of: users read in a full run, all users of the tenant for delta sources (docs/safety.md#limits).</summary>
    public required long Population { get; init; }

    /// <summary>Users whose methods were asked for, read or not.</summary>
    public required long Asked { get; init; }

    /// <summary>What earlier runs applied.</summary>
    public PastWrites Past { get; init; } = PastWrites.None;

    /// <summary>What the source held; null when the plan was not made from one.</summary>
    public SourceCensus? Source { get; init; }

    /// <summary>Digest of the source's bytes; null where there are none.</summary>
    public string? SourceSha256 { get; init; }

    /// <summary>Whether the source holds only changes.</summary>
    public bool IsDelta { get; init; }

    /// <summary>The last accepted state of the same source; null when there is none.</summary>
    public AcceptedSource? LastAccepted { get; init; }

    /// <summary>The largest number of users that want one mobile or alternateMobile number.</summary>
    public int MostShared { get; init; }

    /// <summary>Users held because their number is shared by too many.</summary>
    public long HeldForSharing { get; init; }

    /// <summary>Users that would change and are protected by name.</summary>
    public long ProtectedHeld { get; init; }

    /// <summary>Users that would change and hold a directory role.</summary>
    public long PrivilegedHeld { get; init; }

    /// <summary>Users held because their phones serve no longer.</summary>
    public long RetiringHeld { get; init; }

    /// <summary>Where it was read who is privileged; null when it was not read or could not be read.</summary>
    public string? PrivilegedOrigin { get; init; }

    /// <summary>Why no one could determine who is privileged; null otherwise.</summary>
    public ServiceError? PrivilegedUnreadable { get; init; }
}
