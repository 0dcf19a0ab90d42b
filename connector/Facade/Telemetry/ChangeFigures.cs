using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Facade.Telemetry;

/// <summary>Counts users by situation and operations by outcome, for changes that come by request.</summary>
internal static class ChangeFigures
{
    public static void Record(Figures figures, string tenant, ChangeResult change)
    {
        Situation? situation = change switch
        {
            ChangeResult.NothingToDo => Situation.Equal,
            ChangeResult.Done or ChangeResult.PartlyDone or ChangeResult.Unknown or ChangeResult.Cut => Situation.Changed,
            ChangeResult.Held or ChangeResult.ApprovalMissing or ChangeResult.OverLimit => Situation.Held,
            ChangeResult.Invalid => Situation.Invalid,
            ChangeResult.NotFound => Situation.NotFound,
            ChangeResult.NotRead => Situation.NotRead,
            ChangeResult.Planned or ChangeResult.ConditionFailed or ChangeResult.Busy => null,
            _ => throw new InvalidOperationException($"A result of a kind that nobody counts: {change.GetType().Name}."),
        };
        if (situation is { } counted) figures.Users(tenant, counted.Name());
        foreach (OperationResult operation in change.Written?.Result.Operations ?? []) figures.Operations(tenant, operation.Outcome.Name());
    }
}
