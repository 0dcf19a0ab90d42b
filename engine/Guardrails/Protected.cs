using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>Users that the configuration protects by name, such as break-glass accounts.</summary>
internal static class Protected
{
    public static GuardrailVerdict Judge(PlanMeasures plan) => plan.ProtectedHeld == 0
        ? new(nameof(Protected), Verdict.Pass, null, 0, null, "No protected user would change.")
        : new(nameof(Protected), Verdict.Held, null, plan.ProtectedHeld, "--allow protected=USER", (plan.ProtectedHeld == 1
                ? "1 protected user would change and is held. "
                : CountGuardrail.Text($"{plan.ProtectedHeld:N0} protected users would change and are held. "))
            + "To change one of them once, run again with --allow protected=USER.");
}
