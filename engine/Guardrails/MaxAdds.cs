namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>At most so many add operations in one run.</summary>
internal static class MaxAdds
{
    public static GuardrailVerdict Judge(PlanMeasures plan, GuardrailLimits limits, Allowances allowances) => CountGuardrail.Judge(
        nameof(MaxAdds), "additions", plan.Summary.Operations.Add, limits.MaxAdds, "adds", allowances.Adds, plan.Population, limits);
}
