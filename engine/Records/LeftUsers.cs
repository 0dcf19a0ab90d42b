using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Records;

/// <summary>
/// Users as a run left them that is no longer running: operations in the journal as the journal has them, those with an intent
/// and no outcome as unknown, the others as not sent.
/// </summary>
public static class LeftUsers
{
    /// <summary>Code of operations of a run that was blocked as a whole.</summary>
    public const string Blocked = "blocked";

    /// <summary>The user with a result; unchanged when there is one, when there is nothing to do, or while the run goes on.</summary>
    public static RunUser Settle(RunUser user, RunHeader run)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(run);
        if (run.Outcome == RunOutcome.Running || user.Result is not null || user.Planned.Plan.Operations.IsEmpty) return user;
        (OperationError halfWay, OperationError notSent) = run.Kind == RunKind.OneUser
            ? (AskAgain, NotSentAskAgain) : (HalfWay, user.HasBegun ? NotSent : NotBegun);
        return With(user, halfWay, run.Outcome == RunOutcome.Blocked ? AsAWhole : notSent);
    }

    /// <summary>What the journal shows about one operation of a user without a result who is worked on; null for nothing.</summary>
    public static OperationResult? Find(RunUser user, int index, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Find(user, index, operation, OnItsWay);
    }

    /// <summary>The result if the user is not processed any further.</summary>
    internal static UserResult ResultOf(RunUser user) =>
        With(user, HalfWay, NotSent).Result ?? throw new InvalidOperationException("A user who was left has no result.");

    private static RunUser With(RunUser user, OperationError halfWay, OperationError notSent) => user with
    {
        Result = new UserResult
        {
            Operations =
            [
                .. user.Planned.Plan.Operations.Select((operation, i) => Find(user, i, operation, halfWay)
                    ?? new OperationResult(operation, OperationOutcome.Skipped, Error: notSent)),
            ],
        },
    };

    private static OperationResult? Find(RunUser user, int index, Operation operation, OperationError open) =>
        user.OpenIntents.Contains(index) ? new OperationResult(operation, OperationOutcome.Unknown, Error: open) : user.Recorded.GetValueOrDefault(index);

    private static OperationError AsAWhole { get; } = new(Blocked, "The run was blocked as a whole; nothing was sent.");

    private static OperationError NotBegun { get; } = new(ExecutionCodes.NotStarted,
        "The run ended before it reached this user; nothing was sent. Resume the run to continue.");

    private static OperationError NotSent { get; } =
        new(ExecutionCodes.NotStarted, "The run ended before this operation was sent. Resume the run to continue.");

    private static OperationError HalfWay { get; } = new(
        ExecutionCodes.NoTrustworthyAnswer,
        "The run stopped between sending this write and recording its answer. 'resume' reads the user again and decides.");

    private static OperationError OnItsWay { get; } = new(ExecutionCodes.NoTrustworthyAnswer, "This write is in progress: no answer is recorded yet.");

    private static OperationError AskAgain { get; } = new(
        ExecutionCodes.NoTrustworthyAnswer,
        "The process ended between sending this write and recording its answer. Make the change again: the user is read first.");

    private static OperationError NotSentAskAgain { get; } = new(ExecutionCodes.NotStarted,
        "The process ended before this operation was sent. Make the change again.");
}
