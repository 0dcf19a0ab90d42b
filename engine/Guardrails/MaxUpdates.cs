using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>At most so many update operations in one run, and so many times that within a day and a week.</summary>
internal static class MaxUpdates
{
    public static GuardrailVerdict Judge(PlanMeasures plan, GuardrailLimits limits, Allowances allowances) => CountGuardrail.Judge(
        new(nameof(MaxUpdates), "changes of existing values", plan.Summary.Operations.Update, limits.MaxUpdates, "updates", allowances.Updates, past => past.Update), plan, limits);
}
