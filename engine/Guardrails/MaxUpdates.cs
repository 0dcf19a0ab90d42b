namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>At most so many update operations in one run.</summary>
internal static class MaxUpdates
{
    public static GuardrailVerdict Judge(PlanMeasures plan, GuardrailLimits limits, Allowances allowances) => CountGuardrail.Judge(
        nameof(MaxUpdates), "changes of existing values", plan.Summary.Operations.Update, limits.MaxUpdates, "updates", allowances.Updates, plan.Population, limits);
}
