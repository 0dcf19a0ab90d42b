using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>Phones for people whose SMS and voice have ended (docs/safety.md#retiring-methods). It speaks only where it is set to hold.</summary>
internal static class RetiringMethod
{
    public static GuardrailVerdict? Judge(PlanMeasures plan, GuardrailLimits limits)
    {
        if (limits.RetiringMethod != RetiringPolicy.Hold) return null;
        return plan.RetiringHeld == 0
            ? new(nameof(RetiringMethod), Verdict.Pass, null, 0, null, "No phone would be written that serves no longer.")
            : new(nameof(RetiringMethod), Verdict.Held, null, plan.RetiringHeld, null, CountGuardrail.Text(
                $"Microsoft's SMS and voice have ended for {Quantity.Of(plan.RetiringHeld, "user")} whose phones would be written. They are held. ")
                + "Take the phones out of the source, or set RetiringMethod to Warn.");
    }
}
