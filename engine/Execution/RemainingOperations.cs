using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>
/// What is left of the approved operations, seen from a fresh read. The rule of sealed plans holds for every run: what is
/// to do now must be a subset of what was approved; nothing else is ever sent (docs/safety.md#compare-and-set).
/// </summary>
/// <param name="Todo">Indexes into the approved operations, in the order to send.</param>
/// <param name="Settled">Operations that need no sending any more, with what became of them.</param>
internal sealed record RemainingOperations(ImmutableArray<int> Todo, ImmutableArray<(int Index, OperationResult Result)> Settled)
{
    public static RemainingOperations From(UserExecutionState work, UserPlan plan, CurrentMethods current)
    {
        ImmutableArray<int> open = [.. Enumerable.Range(0, work.Approved.Length).Where(i => work.Result(i) is null)];
        List<int> todo = [];
        // A state that does not show what was done before is no ground to act on: it lags, or someone undid it.
        bool moved = plan.Situation is Situation.Invalid || !work.IsShown(current);
        foreach (Operation operation in plan.Operations)
        {
            int found = open.IndexOf(i => !todo.Contains(i) && ApprovedOperations.IsSameDecision(work.Approved[i], operation));
            if (found >= 0) todo.Add(found);
            else moved |= !IsRepeated(work, operation);
        }

        foreach (int index in open.Where(i => !todo.Contains(i) && IsRestore(work, i, current)))
        {
            int later = todo.FindIndex(i => i > index);
            todo.Insert(later < 0 ? todo.Count : later, index);
        }

        ImmutableArray<int> gone = [.. open.Where(i => !todo.Contains(i))];
        bool failedBefore = work.HasFailed;
        if (!failedBefore) moved |= gone.Any(i => !IsDone(work, i, current) && !IsMoot(work.Approved[i]));
        if (moved) return new RemainingOperations([], [.. open.Select(i => (i, Left(work, i, IsDone(work, i, current), failedBefore)))]);
        return new RemainingOperations([.. todo],
            [.. gone.Select(i => (i, Left(work, i, IsDone(work, i, current) || (IsMoot(work.Approved[i]) && !work.HasOpenIntent(i)), failedBefore)))]);
    }

    public static OperationResult EarlierFailed(UserExecutionState work, int index) =>
        work.HasOpenIntent(index)
            ? Unanswered(work, index)
            : Skipped(work, index, ExecutionCodes.EarlierFailed,
                "Not sent: an earlier operation of this user did not succeed, and this one is safe only after it. Fix the cause and run again.");

    /// <summary>Operations that must not be sent, because the number to take was not freed.</summary>
    public static ImmutableArray<(int Index, OperationResult Result)> Withheld(UserExecutionState work) => !work.Move.IsWithheld ? [] :
    [
        .. Enumerable.Range(0, work.Approved.Length)
            .Where(i => work.Approved[i].Part == Part.Phones && work.Result(i) is null && !work.HasOpenIntent(i))
            .Select(i => (i, Skipped(work, i, ExecutionCodes.NumberNotFreed,
                $"Not sent: '{work.Planned.Plan.Move?.WaitsFor.FirstOrDefault(p => p.IsRequired)?.Name}' has not freed the number, or should sign in with it "
                + "and does not yet; SMS sign-in would be lost. Check that user, then plan again."))),
    ];

    /// <summary>What must not be sent any more, or once more, because what the plan rested on changed.</summary>
    public static OperationResult HeldNow(UserExecutionState work, int index, HoldReason why) =>
        work.HasOpenIntent(index)
            ? Unanswered(work, index)
            : Skipped(work, index, ExecutionCodes.HeldNow, $"Not sent: {why.Message} ({why.Code})");

    public static OperationResult Unanswered(UserExecutionState work, int index) =>
        new(work.Approved[index], OperationOutcome.Unknown, work.SentAt(index), Error: new OperationError(
        ExecutionCodes.NoTrustworthyAnswer,
        ApprovedOperations.IsOnce(work.Approved[index])
            ? $"The request left, no trustworthy answer arrived, and no reading shows whether it took effect. "
                + $"{Doubt(work, index)}{work.Doubt(index)?.Advice ?? string.Empty} Requesting it again is safe: the last one is valid."
            : $"The request left, no trustworthy answer arrived, and reading the user afterwards did not settle it. {Doubt(work, index)}Run the plan again "
                + $"later: it shows the actual state.",
        work.Doubt(index)?.Status, work.Doubt(index)?.RequestId));

    private static string Doubt(UserExecutionState work, int index) => work.Doubt(index) is { } error ? $"The last answer: {error.Message} " : string.Empty;

    /// <summary>What becomes of an operation that is not to be sent: done, by us or by someone else; sent and never answered; or skipped.</summary>
    private static OperationResult Left(UserExecutionState work, int index, bool done, bool failedBefore)
    {
        if (done && work.HasOpenIntent(index)) return new OperationResult(work.Approved[index], OperationOutcome.Done, work.SentAt(index));
        if (done) return Skipped(work, index, ExecutionCodes.AlreadySo, "Not sent: the tenant already has the result of this operation.");
        if (failedBefore) return EarlierFailed(work, index);
        return work.HasOpenIntent(index) ? Unanswered(work, index) : Skipped(work, index,
            ExecutionCodes.Stale, "Not sent: the tenant changed since the plan, and what is needed now was not in it. Plan again and review.");
    }

    private static OperationResult Skipped(UserExecutionState work, int index, string code, string message) =>
        new(work.Approved[index], OperationOutcome.Skipped, Error: new OperationError(code, message));

    private static bool IsDone(UserExecutionState work, int index, CurrentMethods current) =>
        work.IsShown(current) && ApprovedOperations.IsInPlace(work.Approved[index], current);

    /// <summary>A write that only made room, or a switch away from a default, is not missed when the plan from here does without it.</summary>
    private static bool IsMoot(Operation operation) =>
        operation is Operation.Prefer { Reason: not Reason.DefaultWanted } or { Reason: Reason.MakesRoom or Reason.FreesNumber };

    /// <summary>A switch or preference that was set already and is not shown yet: not to be sent again, and no surprise either.</summary>
    private static bool IsRepeated(UserExecutionState work, Operation operation) =>
        operation is Operation.SwitchSmsSignIn or Operation.Prefer or Operation.ResetPassword or Operation.IssuePass or Operation.DeactivateToken
        && Enumerable.Range(0, work.Approved.Length).Any(i =>
            work.Result(i) is { CountsAsDone: true } && ApprovedOperations.IsSameDecision(work.Approved[i], operation));

    /// <summary>Setting the default back is due once we added the phone that may have moved it;
    /// a plan from that state cannot know (<c>KeepDefault</c>).</summary>
    private static bool IsRestore(UserExecutionState work, int index, CurrentMethods current) =>
        work.Approved[index] is Operation.Prefer { Reason: Reason.DefaultMayMove } && Enumerable.Range(0, work.Approved.Length).Any(i =>
            work.Approved[i] is Operation.AddPhone
            && (work.Result(i) is { Outcome: OperationOutcome.Done } || (work.HasOpenIntent(i) && IsDone(work, i, current))));
}

file static class Search
{
    /// <summary>The first element that matches, or -1; the elements are indexes themselves.</summary>
    public static int IndexOf(this ImmutableArray<int> items, Func<int, bool> match)
    {
        foreach (int item in items)
        {
            if (match(item)) return item;
        }

        return -1;
    }
}
