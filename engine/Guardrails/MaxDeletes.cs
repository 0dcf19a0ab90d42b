namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>At most so many delete operations in one run.</summary>
internal static class MaxDeletes
{
    public static GuardrailVerdict Judge(PlanMeasures plan, GuardrailLimits limits, Allowances allowances) => CountGuardrail.Judge(
        nameof(MaxDeletes), "deletions", plan.Summary.Operations.Delete, limits.MaxDeletes, "deletes", allowances.Deletes, plan.Population, limits);
}
