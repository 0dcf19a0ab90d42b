namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>At most so many users lose their last phone in one run.</summary>
internal static class MaxLastPhone
{
    public static GuardrailVerdict Judge(PlanMeasures plan, GuardrailLimits limits, Allowances allowances) => CountGuardrail.Judge(
        nameof(MaxLastPhone), "users would lose their last phone", plan.Summary.LosingLastPhone, limits.MaxLastPhone, "lastPhone", allowances.LastPhone, plan.Population, limits);
}
