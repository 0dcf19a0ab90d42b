using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Runs.Standing;

namespace ProvisioningConnector.Engine.Records;

/// <summary>How a run ended (docs/cli.md#outcomes-of-runs, docs/documents.md#run).</summary>
public enum RunOutcome : byte
{
    Running,
    Succeeded,
    Partial,
    Blocked,
    Interrupted,
    Failed,
}

/// <summary>Names of run outcomes in documents.</summary>
public static class RunOutcomes
{
    public static string Name(this RunOutcome outcome) => outcome switch
    {
        RunOutcome.Running => "running",
        RunOutcome.Succeeded => "succeeded",
        RunOutcome.Partial => "partial",
        RunOutcome.Blocked => "blocked",
        RunOutcome.Interrupted => "interrupted",
        RunOutcome.Failed => "failed",
    };
}

/// <summary>What a run is.</summary>
public enum RunKind : byte
{
    /// <summary>Of a source, many users.</summary>
    Run,

    /// <summary>A change of one user, by a request or a verb. Listed only when asked for.</summary>
    OneUser,
}

/// <summary>Everything of a run except its users (docs/documents.md#run).</summary>
public sealed record RunHeader
{
    public required string RunId { get; init; }

    public RunKind Kind { get; init; }

    /// <summary>The plan that was executed.</summary>
    public required PlanHeader Plan { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public ImmutableArray<DateTimeOffset> ResumedAt { get; init; } = [];

    public RunOutcome Outcome { get; init; } = RunOutcome.Running;

    public OutcomeCounts Outcomes { get; init; } = new();

    /// <summary>Planned operations by outcome; null while it is not counted, and in runs of versions that did not write it down.</summary>
    public OperationOutcomeCounts? Operations { get; init; }

    public Used? Used { get; init; }

    /// <summary>What was, or may have been, applied, by hours; known when the run has ended.</summary>
    public ImmutableArray<AppliedHour> Applied { get; init; } = [];

    /// <summary>Who applies it: <c>user@host</c>; empty in runs of versions that did not write it down.</summary>
    public string AppliedBy { get; init; } = string.Empty;

    /// <summary>Seal of the saved plan; null when the plan was made by the run itself.</summary>
    public string? PlanSeal { get; init; }

    /// <summary>The approval that let it begin; null when none was needed.</summary>
    public Approval? Approval { get; init; }

    /// <summary>The users who go first; null: all go alike.</summary>
    public Canary? Canary { get; init; }

    /// <summary>
    /// Whether <c>resume</c> can go on with it. A change of one user is made again instead: anyone who wanted it may want something else by now. Of one that
    /// says
    /// it is running <see cref="RunStandings"/> knows whether it still is.
    /// </summary>
    public bool Resumable => Kind == RunKind.Run && Outcome is RunOutcome.Interrupted or RunOutcome.Failed;

    /// <summary>Whether it has not come to its end: it goes on, or could.</summary>
    public bool IsUnfinished => Outcome is RunOutcome.Running or RunOutcome.Interrupted or RunOutcome.Failed;

    /// <summary>Why the run ended before its end, or what to know of it as a whole.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];
}

/// <summary>Users who go first: the others begin only when all of them are done and verified, also where the run was interrupted on the way.</summary>
/// <param name="Users">How many.</param>
/// <param name="Settled">How many users of the run had a result when that was asked for.</param>
/// <param name="NotDone">How many of those were not done and verified.</param>
public sealed record Canary(int Users, long Settled = 0, long NotDone = 0);

/// <summary>A user of a run: the plan and what became of it.</summary>
/// <param name="Planned">As planned.</param>
/// <param name="Result">Null while nothing was settled, and for users without operations.</param>
public sealed record RunUser(PlannedUser Planned, UserResult? Result)
{
    /// <summary>Outcomes written down for a user who has no result yet, by position in the plan.</summary>
    public ImmutableDictionary<int, OperationResult> Recorded { get; init; } = ImmutableDictionary<int, OperationResult>.Empty;

    /// <summary>Positions with an intent and no outcome: these operations may have been applied.</summary>
    public ImmutableArray<int> OpenIntents { get; init; } = [];

    /// <summary>Whether the user is done and verified, as all who go first have to be.</summary>
    public bool IsWell => Result is { Outcome: UserOutcome.Done, Verified: true };

    /// <summary>Whether a later run has to give the user SMS sign-in back; null where nothing new is known of that. What the source says of SMS sign-in
    /// itself counts once it is so.</summary>
    public bool? OwesSmsSignIn => (Result, Planned.Plan) switch
    {
        ({ LostSmsSignIn: true }, _) => true,
        ({ Outcome: UserOutcome.Done }, { Move.SignIn: not SignInNeed.None }) => false,
        ({ Outcome: UserOutcome.Done }, _) or (null, { Situation: Situation.Equal }) when Planned.Row.Desired.SmsSignIn is not null => false,
        _ => null,
    };

    /// <summary>Whether a result is recorded.</summary>
    public bool HasBegun => Result is not null || !Recorded.IsEmpty || !OpenIntents.IsEmpty;
}
