using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Facade.Telemetry;

/// <summary>Counts users by situation and operations by outcome, for changes that come by request.</summary>
internal static class ChangeFigures
{
    public static void Record(Figures figures, string tenant, RunResult change)
    {
        Situation? situation = change switch
        {
            RunResult.NothingToDo => Situation.Equal,
            RunResult.Finished => Situation.Changed,
            RunResult.Held or RunResult.Blocked or RunResult.OverLimit => Situation.Held,
            RunResult.Invalid => Situation.Invalid,
            RunResult.NotFound => Situation.NotFound,
            RunResult.NotRead => Situation.NotRead,
            RunResult.Planned or RunResult.ConditionFailed or RunResult.Busy => null,
            _ => throw new InvalidOperationException($"A result is of an unknown kind: {change.GetType().Name}."),
        };
        if (situation is { } counted) figures.Users(tenant, counted.Name());
        foreach (OperationResult operation in (change as RunResult.Changed)?.Record.Result.Operations ?? [])
            figures.Operations(tenant, operation.Outcome.Name());
    }
}
