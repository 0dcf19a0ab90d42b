using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Tests.Planning.Reference;

/// <summary>One sketch with what the planner made of it; what the laws look at.</summary>
internal sealed class Trial
{
    public Trial(Sketch sketch)
    {
        Sketch = sketch;
        Request = Concrete.Request(sketch);
        Plan = Planner.Plan(Request);
        Replay = Replay.Run(Request.Current, Plan.Operations);
        Worlds = [.. Replay.States.Select(Concrete.Back)];
        Goal = Intent.Goal(sketch, IsHeld);
    }

    public Sketch Sketch { get; }

    public PlanRequest Request { get; }

    public UserPlan Plan { get; }

    public Replay Replay { get; }

    public ImmutableArray<World> Worlds { get; }

    /// <summary>Where the user is to end with what is held left as it is, by the reference model.</summary>
    public World Goal { get; }

    public CurrentMethods Start => Request.Current;

    public bool IsHeld(Part part)
    {
        foreach (HeldPart held in Plan.Held)
        {
            if (held.Part == part) return true;
        }

        return false;
    }

    public HeldPart? Hold(Part part) => Plan.Held.FirstOrDefault(h => h.Part == part);

    public int Count<T>()
        where T : Operation
    {
        int count = 0;
        foreach (Operation operation in Plan.Operations)
        {
            if (operation is T) count++;
        }

        return count;
    }

    /// <summary>Where the first operation of a kind stands; -1 without.</summary>
    public int First(Func<Operation, bool> which)
    {
        for (int i = 0; i < Plan.Operations.Length; i++)
        {
            if (which(Plan.Operations[i])) return i;
        }

        return -1;
    }

    /// <summary>Where the last operation of a kind stands; -1 without.</summary>
    public int Last(Func<Operation, bool> which)
    {
        for (int i = Plan.Operations.Length - 1; i >= 0; i--)
        {
            if (which(Plan.Operations[i])) return i;
        }

        return -1;
    }

    public override string ToString() =>
        $"{Sketch} -> {Plan.Situation} [{string.Join("; ", Plan.Operations.Select(o => $"{o.Action} {o.Part} {Detail(o)}"))}] held "
        + $"[{string.Join("; ", Plan.Held.Select(h => $"{h.Part}:{h.Code}"))}]";

    private static string Detail(Operation operation) => operation switch
    {
        Operation.AddPhone add => add.Slot.ToString(),
        Operation.UpdatePhone update => update.Slot.ToString(),
        Operation.DeletePhone delete => delete.Slot.ToString(),
        Operation.RemoveMethod removal => removal.Method.Id,
        Operation.Prefer prefer => prefer.Method.ToString(),
        _ => "",
    };
}
