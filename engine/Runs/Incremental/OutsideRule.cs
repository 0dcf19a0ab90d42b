using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Incremental;

/// <summary>What an entry of the audit log or a row of the registration report means for what is remembered of a user.</summary>
public static class OutsideRule
{
    /// <summary>The signs after an audit entry; the same when it is ours, was seen by a later read, or was received before.</summary>
    public static OutsideSigns Observe(VerifiedState state, SecurityChange change, IncrementalSettings settings)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(settings);
        bool seen = change.At <= state.VerifiedAt - settings.ReadLag;
        bool observed = state.Signs.TouchedAt >= change.At;
        return seen || observed || IsOurs(state, change, settings) ? state.Signs : state.Signs with { TouchedAt = change.At };
    }

    /// <summary>
    /// The signs after a row of the report. A row older than the last verified read says nothing. A contradiction that stays the same after
    /// the user was read is the report's own way to see things; it counts again once the report has agreed or says something else.
    /// </summary>
    public static OutsideSigns Observe(VerifiedState state, RegistrationRow row)
    {
        ArgumentNullException.ThrowIfNull(state);
        OutsideSigns signs = state.Signs;
        if (row.Presence == state.Presence) return signs.Doubt is null ? signs : signs with { Doubt = null };
        if (row.At <= state.VerifiedAt || signs.Doubt == row.Presence) return signs;
        return signs with { DoubtedAt = row.At, Doubt = row.Presence };
    }

    private static bool IsOurs(VerifiedState state, SecurityChange change, IncrementalSettings settings) =>
        change.MayBeOurs && state.Own is { } own && change.At >= own.From - settings.ClockSkew && change.At <= own.Until + settings.ClockSkew;
}
