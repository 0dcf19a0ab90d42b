using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>At most so many delete operations in one run, and so many times that within a day and a week.</summary>
internal static class MaxDeletes
{
    public static GuardrailVerdict Judge(PlanMeasures plan, GuardrailLimits limits, Allowances allowances) => CountGuardrail.Judge(
        new(nameof(MaxDeletes), "deletions", plan.Summary.Operations.Delete, limits.MaxDeletes, "deletes", allowances.Deletes, past => past.Delete), plan, limits);
}
