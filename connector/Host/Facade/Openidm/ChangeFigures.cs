using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.OneUser;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Host.Facade.Telemetry;
using ProvisioningConnector.Icf;

namespace ProvisioningConnector.Host.Facade.Openidm;

/// <summary>Counts users by situation and operations by outcome, for changes that come by request.</summary>
internal static class ChangeFigures
{
    public static async Task<UpdateAnswer> RecordAsync(Figures figures, string tenant, Task<UpdateAnswer> work)
    {
        try
        {
            UpdateAnswer answer = await work;
            Record(figures, tenant, answer.Change);
            return answer;
        }
        catch (ConnectorException trouble) when (trouble.Change is { } change)
        {
            Record(figures, tenant, change);
            throw;
        }
    }

    private static void Record(Figures figures, string tenant, ChangeResult change)
    {
        Situation? situation = change switch
        {
            ChangeResult.NothingToDo => Situation.Equal,
            ChangeResult.Done or ChangeResult.PartlyDone or ChangeResult.Unknown => Situation.Changed,
            ChangeResult.Held or ChangeResult.OverLimit => Situation.Held,
            ChangeResult.Invalid => Situation.Invalid,
            ChangeResult.NotFound => Situation.NotFound,
            ChangeResult.NotRead => Situation.NotRead,
            ChangeResult.Planned or ChangeResult.ConditionFailed or ChangeResult.Busy => null,
            _ => throw new InvalidOperationException($"A result of a kind that nobody counts: {change.GetType().Name}."),
        };
        if (situation is { } counted) figures.Users(tenant, counted.Name());
        ChangeRecord? record = change switch
        {
            ChangeResult.Done done => done.Record,
            ChangeResult.PartlyDone partly => partly.Record,
            ChangeResult.Unknown unknown => unknown.Record,
            _ => null,
        };
        foreach (OperationResult operation in record?.Result.Operations ?? []) figures.Operations(tenant, operation.Outcome.Name());
    }
}
