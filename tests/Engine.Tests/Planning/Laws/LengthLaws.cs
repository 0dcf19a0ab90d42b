using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Tests.Planning.Reference;

namespace ProvisioningConnector.Engine.Tests.Planning.Laws;

/// <summary>Law 2: no plan that obeys the other laws has fewer operations.</summary>
internal static class LengthLaws
{
    public static ShortestPlan Search { get; } = new();

    public static string? No_legal_plan_is_shorter(Trial trial)
    {
        if (trial.Plan.Situation == Situation.Invalid) return null;
        int length = 0;
        foreach (Operation operation in trial.Plan.Operations)
        {
            bool counts = operation is Operation.AddPhone or Operation.UpdatePhone or Operation.DeletePhone or Operation.RemoveMethod
                or Operation.Prefer { Reason: Reason.DefaultWouldBeDeleted };
            if (counts) length++;
        }

        int shortest = Shortest(trial, trial.Goal);
        return length == shortest ? null : $"{length} operations, {shortest} would do";
    }

    /// <summary>The shortest plan for phones, removals and what they need of the default; impossible where no plan is.</summary>
    public static int Shortest(Trial trial, World goal)
    {
        Sketch sketch = trial.Sketch;
        bool watched = sketch.DefaultKnown == Known.Is && (sketch.PreferredWanted == 0 || trial.IsHeld(Part.PreferredMethod));
        World start = sketch.Start with { Default = watched ? sketch.Default : 0 };
        return Search.Length(start, goal, new SearchLaws(sketch.Avoids, Switches: watched && sketch.Switches));
    }

    /// <summary>The same without a rule for the default.</summary>
    public static int ShortestWithoutDefault(Sketch sketch, World goal) => Search.Length(sketch.Start, goal, new SearchLaws(sketch.Avoids));
}
