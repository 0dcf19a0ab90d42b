using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>
/// What stands before each write of a plan, by what the plan was made from. Only <c>migrate invite</c> puts a person into a group, and only its undo takes one
/// out; whatever a plan of another origin says, such an operation is not sent (docs/retirement.md#invite).
/// </summary>
internal static class WriteChecks
{
    public static IWriteCheck For(PipelinePorts ports, PlanOrigin origin) => origin switch
    {
        PlanOrigin.Migration step => ports.StepChecks(step),
        PlanOrigin.Undo { Step: PlanOrigin.Migration.Invite } undo => new AddedMembers(ports.Store, undo.RunId, ports.Time),
        _ => NoMembership.Instance,
    };
}
