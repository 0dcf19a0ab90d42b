using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>At most so many users lose their last phone in one run, and so many times that within a day and a week.</summary>
internal static class MaxLastPhone
{
    public static GuardrailVerdict Judge(PlanMeasures plan, GuardrailLimits limits, Allowances allowances) => CountGuardrail.Judge(
        new(nameof(MaxLastPhone), "users would lose their last phone", plan.Summary.LosingLastPhone, limits.MaxLastPhone, "lastPhone", allowances.LastPhone, past => past.LastPhone), plan, limits);
}
