using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Refuses changes of one user that need the approval of a second person (docs/safety.md#approvals): only saved plans can be approved.</summary>
internal static class SecondPerson
{
    private const string Code = "approvalMissing";

    /// <summary>Null when the plan needs no approval.</summary>
    public static Diagnostic? Missing(ApprovalRule rule, PlannedUser plan)
    {
        PlanCounter tally = new();
        tally.Add(plan);
        return ApprovalJudge.Needs(rule, tally.Summary)
            ? Diagnostic.Error(Code,
                $"RequireApproval is {rule}, and a change of one user has no place for the approval of a second person. Nothing is written. "
                + "Put the change into a source, save its plan with 'plan --out', have it approved with 'approve', and apply it.")
            : null;
    }

    /// <summary>The refusal as the plan of a dry run shows it.</summary>
    public static GuardrailVerdict Verdict(Diagnostic missing) => new("RequireApproval", Records.Verdict.Blocked, null, null, null, missing.Message);
}
