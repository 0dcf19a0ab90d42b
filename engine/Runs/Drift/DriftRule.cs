using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Memory;

namespace ProvisioningConnector.Engine.Runs.Drift;

/// <summary>Everything that decides about drift of one user.</summary>
/// <param name="Desired">What the row wants.</param>
/// <param name="Current">What the tenant holds.</param>
/// <param name="State">What was verified; null when nothing is remembered.</param>
/// <param name="AsOf">When the source last knew the row to be true; null when it does not say.</param>
/// <param name="ChangedAt">The latest change of the user's security info by someone else; null when none is known of.</param>
public readonly record struct DriftCase(DesiredMethods Desired, CurrentMethods Current, VerifiedState? State, DateTimeOffset? AsOf, DateTimeOffset? ChangedAt);

/// <summary>
/// Distinguishes drift from intent, value by value (docs/design.md#words, docs/safety.md#drift). A value that is not as the row wants it is drift when it was
/// once
/// verified as the row still wants it: the row did not change, so the tenant did. It is drift too when the audit log shows a change by someone else that
/// is newer than the row (<c>asOf</c>). A row that wants something else than was verified is intent, and so is one that is newer than the change.
/// </summary>
public static class DriftRule
{
    private static readonly ImmutableArray<ManagedValue> Values =
    [
        ManagedValue.Mobile, ManagedValue.AlternateMobile, ManagedValue.Office, ManagedValue.Email, ManagedValue.SmsSignIn,
        ManagedValue.PreferredMethod, ManagedValue.RemovalsWanted,
    ];

    /// <param name="facts">The user.</param>
    /// <param name="digests">Of values.</param>
    /// <param name="skew">How far the clocks of source and service may be apart; within it the tenant counts as newer.</param>
    public static ImmutableArray<DriftedValue> Judge(in DriftCase facts, StateDigests digests, TimeSpan skew)
    {
        ArgumentNullException.ThrowIfNull(digests);
        if (facts.State is null && facts.AsOf is null) return [];
        ImmutableArray<DriftedValue>.Builder drifted = ImmutableArray.CreateBuilder<DriftedValue>();
        foreach (ManagedValue value in Values)
        {
            if (!ManagedValueComparison.IsAsWanted(value, facts.Desired, facts.Current) && Judge(value, facts, digests, skew) is { } one) drifted.Add(one);
        }

        return drifted.ToImmutable();
    }

    private static DriftedValue? Judge(ManagedValue value, in DriftCase facts, StateDigests digests, TimeSpan skew)
    {
        bool tenantIsNewer = facts.AsOf is { } asOf && facts.ChangedAt is { } changed && changed > asOf - skew;
        PartDigest? known = Known(value, facts.State);
        if (known is { } verified && digests.IsStillWanted(verified, facts.Desired))
        {
            bool sourceIsNewer = facts.AsOf is not null && facts.ChangedAt > verified.VerifiedAt && !tenantIsNewer;
            return sourceIsNewer ? null : new DriftedValue(value, verified.VerifiedAt, facts.AsOf, facts.ChangedAt);
        }

        if (!tenantIsNewer) return null;
        // What is still as it was verified is not what someone changed.
        ManagedValue held = value == ManagedValue.RemovalsWanted ? ManagedValue.Removals : value;
        bool untouched = Known(held, facts.State) is { } before && digests.IsUnchanged(before, facts.Desired, facts.Current);
        return untouched ? null : new DriftedValue(value, null, facts.AsOf, facts.ChangedAt);
    }

    /// <summary>Null when nothing is remembered, or a run tried to write it since: then the tenant may differ because the run failed.</summary>
    private static PartDigest? Known(ManagedValue value, VerifiedState? state)
    {
        if (state is null || state.Attempted.HasFlag((ManagedValues)(1 << (int)value))) return null;
        foreach (PartDigest part in state.Parts)
        {
            if (part.Of == value) return part;
        }

        return null;
    }
}
