using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Tests.Runs.Undo;

/// <summary>Users of runs, planned by the planner and ended as asked.</summary>
internal static class Undone
{
    public static readonly DateTimeOffset SentAt = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    public static RunUser User(OperationOutcome outcome, OperationError? error) => User(
        CurrentMethods.Nothing, new() { Mobile = Managed.Value(Execution.Numbered.Phone(1)) }, _ => (outcome, error));

    /// <summary>A user whose operations all ended as <paramref name="end"/> says.</summary>
    public static RunUser User(CurrentMethods before, DesiredMethods desired, Func<Operation, (OperationOutcome, OperationError?)>? end = null)
    {
        UserPlan plan = Planner.Plan(new PlanRequest(before, desired, PlanningPolicy.Default with { LastMethod = LastMethodPolicy.Allow },
            default, Holds.None));
        PlannedUser planned = new(Runs.Planned.Row(0, "kim@contoso.com", desired), new DirectoryUser("uid-1", "kim@contoso.com"), before, plan);
        ImmutableArray<OperationResult> results =
        [
            .. plan.Operations.Select(o => end?.Invoke(o) is { } ended
                ? new OperationResult(o, ended.Item1, ended.Item1 is OperationOutcome.Skipped ? null : SentAt, Error: ended.Item2)
                : new OperationResult(o, OperationOutcome.Done, SentAt)),
        ];
        return new RunUser(planned, new UserResult { Operations = results });
    }
}
