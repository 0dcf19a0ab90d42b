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
        if (!again.Operations.IsEmpty) return $"the second plan still has {again.Operations.Length} operations: {string.Join(", ", again.Operations.Select(o => $"{o.Action} {o.Part}"))}";
        bool known = again.Held.All(h => trial.IsHeld(h.Part));
        return known ? null : $"the second plan holds [{string.Join(", ", again.Held.Select(h => h.Part))}]";
    }

    public static string? The_same_request_gives_the_same_plan_in_any_order_of_its_lists(Trial trial)
    {
        PlanRequest request = trial.Request;
        PlanRequest turned = request with
        {
            Current = request.Current with { Others = Turned(request.Current.Others) },
            Desired = request.Desired with { Removals = Turned(request.Desired.Removals.Select(r => r with { Ids = Turned(r.Ids) })) },
        };
        return Same(trial.Plan, Planner.Plan(request)) && Same(trial.Plan, Planner.Plan(turned)) ? null : "another plan for the same request";
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
