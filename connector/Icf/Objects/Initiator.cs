using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Icf.Errors;

namespace ProvisioningConnector.Icf.Objects;

/// <summary>Who asks for a change, and how.</summary>
/// <param name="Actor">Name of the key or person; limits over time are kept per actor.</param>
/// <param name="Origin">Through what it is asked.</param>
public sealed record Initiator(string Actor, PlanOrigin.OneUser Origin)
{
    /// <summary>Make the plan only.</summary>
    public bool DryRun { get; init; }

    /// <summary>Called when the update begins: from there on it is finished whatever becomes of its caller.</summary>
    public Action Begun { get; init; } = static () => { };

    /// <summary>The store is new to the tenant on purpose.</summary>
    public bool NewStore { get; init; }

    /// <summary>What is allowed for once.</summary>
    public Allowances Allowances { get; init; } = Allowances.None;

    /// <summary>The same as it was written, for the chain of evidence.</summary>
    public ImmutableArray<string> Allow { get; init; } = [];

    /// <summary>Why, for the chain of evidence; null: not said.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Attributes that a change of this caller may name, ignoring case; null for all of them. Others are <see cref="PermissionDeniedException"/> before
    /// their values are looked at, so that the answer does not say whether a value is the current one.
    /// </summary>
    public ImmutableHashSet<string>? MayWrite { get; init; }

    /// <summary>Whether a read-only attribute may be handed back as it is in full; otherwise only as it is shown masked.</summary>
    public bool ReadsInFull { get; init; }
}
