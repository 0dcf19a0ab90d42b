using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Tests.Planning.Reference;

namespace ProvisioningConnector.Engine.Tests.Planning.Laws;

/// <summary>What a plan says of itself (docs/documents.md#user).</summary>
internal static class FigureLaws
{
    public static string? Situation_and_figures_agree_with_the_operations(Trial trial)
    {
        UserPlan plan = trial.Plan;
        (World start, World end) = (trial.Worlds[0], trial.Worlds[^1]);
        Situation situation = plan.Situation == Situation.Invalid ? Situation.Invalid
            : !plan.Operations.IsEmpty ? Situation.Changed
            : !plan.Held.IsEmpty ? Situation.Held
            : Situation.Equal;
        if (plan.Situation != situation) return $"should be {situation}";
        if (plan.MethodsBefore != start.Usable
            || plan.MethodsAfter != end.Usable) return $"from {start.Usable} to {end.Usable} methods, not {plan.MethodsBefore} to {plan.MethodsAfter}";
        if (plan.LosesLastPhone != (start.Phones > 0 && end.Phones == 0)) return "LosesLastPhone is wrong";
        bool ordered = plan.Held.Zip(plan.Held.Skip(1)).All(pair => pair.First.Part < pair.Second.Part);
        return ordered ? null : "held parts are not ordered by part, at most one each";
    }
}
