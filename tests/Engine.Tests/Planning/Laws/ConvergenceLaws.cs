using System.Collections.Immutable;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Tests.Planning.Reference;

namespace ProvisioningConnector.Engine.Tests.Planning.Laws;

/// <summary>Law 4: plans converge, and depend on nothing but what was asked.</summary>
internal static class ConvergenceLaws
{
    public static string? The_second_plan_is_empty_and_holds_nothing_new(Trial trial)
    {
        if (trial.Plan.Situation == Situation.Invalid || trial.Replay.Refusal is not null || trial.Plan.Operations.IsEmpty) return null;
        UserPlan again = Planner.Plan(trial.Request with { Current = trial.Replay.End });
        if (!again.Operations.IsEmpty) return $"the second plan still has {again.Operations.Length} operations: "
            + $"{string.Join(", ", again.Operations.Select(o => $"{o.Action} {o.Part}"))}";
        bool known = again.Held.All(h => trial.IsHeld(h.Part));
        return known ? null : $"the second plan holds [{string.Join(", ", again.Held.Select(h => h.Part))}]";
    }

    /// <summary>A run that breaks off reads and plans again; what it is then to do must have been in the plan already.</summary>
    public static string? A_plan_taken_up_on_the_way_asks_for_nothing_new(Trial trial)
    {
        for (int done = 1; done < trial.Replay.States.Length - 1; done++)
        {
            UserPlan rest = Planner.Plan(trial.Request with { Current = trial.Replay.States[done] });
            foreach (Operation operation in rest.Operations)
            {
                bool known = trial.Plan.Operations.Skip(done).Any(o => ApprovedOperations.IsSameDecision(o, operation));
                if (!known) return $"after {done} operations, {operation.Action} {operation.Part} is new";
            }

            // One move loses its second number half way; what is left is then held, never something else done.
            if (rest.Held.IsEmpty
                && rest.Operations.Length != trial.Plan.Operations.Length - done) return $"after {done} operations, {rest.Operations.Length} are left";
        }

        return null;
    }

    public static string? The_same_request_gives_the_same_plan_in_any_order_of_its_lists(Trial trial)
    {
        PlanRequest request = trial.Request;
        PlanRequest turned = request with
        {
            Current = request.Current with { Others = Turned(request.Current.Others) },
            Desired = request.Desired with { Removals = Turned(request.Desired.Removals.Select(r => r with { Ids = Turned(r.Ids) })) },
        };
        return Same(trial.Plan, Planner.Plan(turned)) ? null : "another plan for the same request";
    }

    private static bool Same(UserPlan left, UserPlan right) =>
        left.Situation == right.Situation
        && left.Operations.SequenceEqual(right.Operations)
        && left.Held.SequenceEqual(right.Held)
        && left.Diagnostics.SequenceEqual(right.Diagnostics)
        && (left.MethodsBefore, left.MethodsAfter, left.NeedsDefault, left.LosesLastPhone)
            == (right.MethodsBefore, right.MethodsAfter, right.NeedsDefault, right.LosesLastPhone);

    private static ImmutableArray<T> Turned<T>(IEnumerable<T> items) => [.. items.Reverse()];
}
