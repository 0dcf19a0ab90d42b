using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.OneUser;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Host.Facade.Telemetry;

namespace ProvisioningConnector.Host.Facade.Plain;

/// <summary>Counts what changes of single users came to.</summary>
internal static class ChangeFigures
{
    public static void Tell(Figures figures, string tenant, ChangeResult result)
    {
        Situation? situation = result switch
        {
            ChangeResult.NothingToDo => Situation.Equal,
            ChangeResult.Done or ChangeResult.PartlyDone or ChangeResult.Unknown => Situation.Changed,
            ChangeResult.Held or ChangeResult.OverLimit => Situation.Held,
            ChangeResult.NotFound => Situation.NotFound,
            ChangeResult.NotRead => Situation.NotRead,
            ChangeResult.Invalid => Situation.Invalid,
            _ => null,
        };
        if (situation is { } told) figures.Users(tenant, told.Name());
        foreach (OperationResult operation in Record(result)?.Result.Operations ?? []) figures.Operations(tenant, operation.Outcome.Name());
    }

    /// <summary>What was written down; null where nothing was tried.</summary>
    public static ChangeRecord? Record(ChangeResult result) => result switch
    {
        ChangeResult.Done done => done.Record,
        ChangeResult.PartlyDone partly => partly.Record,
        ChangeResult.Unknown unknown => unknown.Record,
        _ => null,
    };
}
