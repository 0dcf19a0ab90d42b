using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Incremental;

/// <summary>Why a user is read in an incremental run; the first that applies.</summary>
public enum DueReason : byte
{
    /// <summary>Not due: what the row wants was verified, and nothing speaks against it since.</summary>
    None,

    /// <summary>Nothing is remembered, or the last run did not end well for the user.</summary>
    Unsettled,

    /// <summary>Not due yet: the user failed, and is tried again later.</summary>
    Waiting,

    /// <summary>The row wants something else than when it was verified.</summary>
    Row,

    /// <summary>The policy or a limit changed.</summary>
    Rules,

    /// <summary>The audit log shows a change that is not ours.</summary>
    Audit,

    /// <summary>The registration report contradicts what was verified.</summary>
    Report,

    /// <summary>The user's turn in the rolling share.</summary>
    Sweep,
}

/// <summary>Who must be read in an incremental run. Reports only ever make someone due; what is to be done is decided from what is read.</summary>
public static class DueRule
{
    /// <param name="state">What is remembered; null when nothing is.</param>
    /// <param name="row">Digest of what the row wants.</param>
    /// <param name="rules">Digest of policy and limits in force.</param>
    /// <param name="now">The run's beginning.</param>
    /// <param name="settings">Margins.</param>
    public static DueReason Judge(VerifiedState? state, StateDigest row, StateDigest rules, DateTimeOffset now, IncrementalSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (state is not { IsSettled: true }) return DueReason.Unsettled;
        if (state.Row != row) return DueReason.Row;
        if (state.Rules != rules) return DueReason.Rules;
        if (state.Signs.TouchedAt > state.VerifiedAt - settings.ReadLag) return DueReason.Audit;
        if (state.Signs.DoubtedAt > state.VerifiedAt) return DueReason.Report;
        return SweepRule.IsDue(state.Uid, state.VerifiedAt, now, SweepRule.Period(settings.FullSweepAfter, settings.SinceLastRun))
            ? DueReason.Sweep : DueReason.None;
    }
}
