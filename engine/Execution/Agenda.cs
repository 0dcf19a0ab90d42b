using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>
/// What is left of the approved operations, seen from a fresh read. The rule of sealed plans holds for every run: what is
/// to do now must be a subset of what was approved; nothing else is ever sent (design 8, safety-and-pacing B3.5).
/// </summary>
/// <param name="Todo">Indexes into the approved operations, in the order to send.</param>
/// <param name="Settled">Operations that need no sending any more, with what became of them.</param>
internal sealed record Agenda(ImmutableArray<int> Todo, ImmutableArray<(int Index, OperationResult Result)> Settled)
{
    public static Agenda Of(UserWork work, UserPlan plan, CurrentMethods current)
    {
        ImmutableArray<int> open = [.. Enumerable.Range(0, work.Approved.Length).Where(i => work.Result(i) is null)];
        ImmutableArray<int>.Builder todo = ImmutableArray.CreateBuilder<int>();
        bool moved = plan.Situation is Situation.Invalid;
        foreach (Operation operation in plan.Operations)
        {
            int index = open.IndexOfFirst(i => !todo.Contains(i) && ApprovedOperations.IsSameDecision(work.Approved[i], operation));
            if (index < 0) moved = true;
            else todo.Add(index);
        }

        ImmutableArray<int> gone = [.. open.Where(i => !todo.Contains(i))];
        bool failedBefore = work.Holds.Parts.Values.Any(h => h.Code == ExecutionCodes.EarlierFailed);
        if (!failedBefore) moved |= gone.Any(i => !IsDone(work, i, current));
        if (moved && !failedBefore) return Stale(work, open, current);
        if (moved) return new Agenda([], [.. open.Select(i => (i, IsDone(work, i, current) ? Done(work, i) : EarlierFailed(work.Approved[i])))]);
        return new Agenda(todo.ToImmutable(), [.. gone.Select(i => (i, IsDone(work, i, current) ? Done(work, i) : EarlierFailed(work.Approved[i])))]);
    }

    public static OperationResult EarlierFailed(Operation operation) => new(operation, OperationOutcome.Skipped, Error: new OperationError(
        ExecutionCodes.EarlierFailed, "Not sent: an earlier operation of this user did not succeed, and this one is only safe after it. Mend the cause and run again."));

    private static Agenda Stale(UserWork work, ImmutableArray<int> open, CurrentMethods current)
    {
        if (!work.AnythingSent)
        {
            work.IsStale = true;
            return new Agenda([], [.. open.Select(i => (i, IsStale(work.Approved[i])))]);
        }

        return new Agenda([], [.. open.Select(i => (i, IsDone(work, i, current) ? Done(work, i) : IsStale(work.Approved[i])))]);
    }

    private static OperationResult IsStale(Operation operation) => new(operation, OperationOutcome.Skipped, Error: new OperationError(
        ExecutionCodes.Stale, "Not sent: the tenant moved since the plan, and what is to do now was not in it. Plan again and review."));

    /// <summary>
    /// Operations whose effect is there: because of us when an intent is open, otherwise by somebody else. A write that
    /// only made room, or a preference that depends on what happens next, has no effect of its own to look for.
    /// </summary>
    private static bool IsDone(UserWork work, int index, CurrentMethods current) =>
        ApprovedOperations.IsInPlace(work.Approved[index], current)
        || work.Approved[index] is Operation.Prefer
        || work.Approved[index] is { Reason: Reason.MakesRoom };

    private static OperationResult Done(UserWork work, int index) => work.HasOpenIntent(index)
        ? new OperationResult(work.Approved[index], OperationOutcome.Done, work.SentAt(index))
        : new OperationResult(work.Approved[index], OperationOutcome.Skipped, Error: new OperationError(
            ExecutionCodes.AlreadySo, "Not sent: the tenant already is as this operation would make it."));
}

file static class Search
{
    /// <summary>The first element that matches, or -1; the elements are indexes themselves.</summary>
    public static int IndexOfFirst(this ImmutableArray<int> items, Func<int, bool> match)
    {
        foreach (int item in items)
        {
            if (match(item)) return item;
        }

        return -1;
    }
}
