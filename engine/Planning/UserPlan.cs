using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>The smallest safe ordered set of operations for one user, made without acting (docs/design.md#laws-of-the-planner).</summary>
public sealed record UserPlan
{
    public required Situation Situation { get; init; }

    /// <summary>In the order in which they must be sent.</summary>
    public ImmutableArray<Operation> Operations { get; init; } = [];

    /// <summary>At most one per part, ordered by part.</summary>
    public ImmutableArray<HeldPart> Held { get; init; } = [];

    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Usable methods now, of what can be read (docs/design.md#usable-methods).</summary>
    public int MethodsBefore { get; init; }

    /// <summary>Usable methods when every operation is done, of what can be read.</summary>
    public int MethodsAfter { get; init; }

    /// <summary>
    /// True when a policy needs the user's default method and it was not read: read it
    /// (<see cref="CurrentMethods.Default"/>) and plan again. Until then the operations are provisional.
    /// </summary>
    public bool NeedsDefault { get; init; }

    /// <summary>The user's place among those whose numbers move between them; null: none.</summary>
    public NumberMove? Move { get; init; }

    /// <summary>True when the user has a phone now and will have none.</summary>
    public bool LosesLastPhone { get; init; }
}
