using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Migration.Steps;

/// <summary>Asks the rules of a step again before each write, of the person as they are now. What cannot be read is held.</summary>
/// <param name="step">The step.</param>
/// <param name="people">Reads people.</param>
/// <param name="group">Reads the group of invited people.</param>
public sealed class StepCheck(PlanOrigin.Migration step, MigratingPeople people, InviteGroupCheck group) : IWriteCheck
{
    /// <inheritdoc/>
    public async ValueTask<HoldReason?> HoldAsync(string uid, Operation operation, CancellationToken cancellation)
    {
        // Setting another default takes nothing away; the planner looks at the methods that serve it.
        if (operation is Operation.Prefer) return null;
        // What the group is decides about an invitation, not the person.
        if (step.Step == PlanOrigin.Migration.Invite)
        {
            return operation is Operation.AddMember add ? await group.HoldAsync(add.Group, cancellation) : CleanupHolds.NotChecked;
        }

        try
        {
            if (await people.ReadAsync(uid, cancellation) is not { } person) return CleanupHolds.MethodsUnknown;
            MigrationTerms terms = await people.TermsAsync(cancellation);
            return (step.Step, operation) switch
            {
                (PlanOrigin.Migration.Cleanup, Operation.DeletePhone delete) => CleanupRules.Judge(person, terms).For(delete.Slot),
                (PlanOrigin.Migration.Default, Operation.SwitchSmsSignIn { On: false }) => DefaultRules.KeepsSmsSignIn(person, terms),
                // Steps write nothing else.
                _ => CleanupHolds.NotChecked,
            };
        }
        catch (TenantException)
        {
            return CleanupHolds.MethodsUnknown;
        }
    }
}
