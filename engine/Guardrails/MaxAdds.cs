using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>At most so many add operations in one run, and so many times that within a day and a week.</summary>
internal static class MaxAdds
{
    public static GuardrailVerdict Judge(PlanMeasures plan, GuardrailLimits limits, Allowances allowances) => CountGuardrail.Judge(
        new(nameof(MaxAdds), "additions", plan.Summary.Operations.Add, limits.MaxAdds, "adds", allowances.Adds, past => past.Add), plan, limits);
}
