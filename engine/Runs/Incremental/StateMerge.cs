using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Memory;

namespace ProvisioningConnector.Engine.Runs.Incremental;

/// <summary>Values that were verified while others of the same user were not: those keep what was known of them.</summary>
internal static class StateMerge
{
    /// <summary>Only the values that are as the row wants them.</summary>
    public static ImmutableArray<PartDigest> InPlace(ImmutableArray<PartDigest> parts, DesiredMethods desired, CurrentMethods current) =>
        [.. parts.Where(p => ManagedValueComparison.IsAsWanted(p.Of, desired, current))];

    /// <summary>What is new, and of everything else what was known before.</summary>
    public static VerifiedState Merge(VerifiedState state, VerifiedState? before)
    {
        if (before is null) return state with { Held = state.Held.IsDefault ? [] : state.Held };
        ManagedValues reported = state.Parts.Aggregate(ManagedValues.None, static (all, p) => all | (ManagedValues)(1 << (int)p.Of));
        IEnumerable<PartDigest> kept = before.Parts.Where(b => state.Parts.All(p => p.Of != b.Of));
        return state with
        {
            Parts = [.. state.Parts.Concat(kept).OrderBy(p => p.Of)],
            Attempted = before.Attempted & ~reported,
            Held = state.Held.IsDefault ? before.Held : HeldMemory.Merge(state.Held, before.Held),
        };
    }
}
