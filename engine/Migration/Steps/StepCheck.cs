using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Migration.Steps;

/// <summary>Asks the rules of a step again before each write, of the person as they are now. What cannot be read is held.</summary>
public sealed class StepCheck(PlanOrigin.Migration step, MigratingPeople people) : IWriteCheck
{
    /// <inheritdoc/>
    public async ValueTask<HoldReason?> HoldAsync(string uid, Operation operation, CancellationToken cancellation)
    {
        // Setting another default takes nothing away; the planner looks at the methods that serve it.
        if (operation is Operation.Prefer) return null;
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
