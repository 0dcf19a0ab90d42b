using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Refuses changes of one user that need the approval of a second person (docs/safety.md#approvals): only saved plans can be approved.</summary>
internal static class SecondPerson
{
    private const string Code = "approvalMissing";

    /// <summary>Null when the plan needs no approval.</summary>
    /// <param name="rule">The tenant's rule.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="takesBack">Whether the change only takes back a pass; a plan that does anything else needs its approval all the same.</param>
    public static Diagnostic? Missing(ApprovalRule rule, PlannedUser plan, bool takesBack)
    {
        bool onlyPasses = plan.Plan.Operations.All(static operation => operation is Operation.RemoveMethod { Method.Kind: MethodKind.TemporaryAccessPass });
        if (takesBack && onlyPasses) return null;
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
