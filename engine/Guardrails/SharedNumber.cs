using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>
/// One mobile or alternateMobile number wanted by many users: a switchboard default, a placeholder, a spreadsheet filled
/// down, or an attack. Those users' phones are held (docs/safety.md#guardrails).
/// </summary>
internal static class SharedNumber
{
    public static GuardrailVerdict Judge(PlanMeasures plan, GuardrailLimits limits, Allowances allowances)
    {
        if (EffectiveLimit(limits, allowances) is not { } limit)
        {
            return new(nameof(SharedNumber), Verdict.Pass, null, plan.MostShared, null, "No limit applies.");
        }

        if (plan.MostShared <= limit)
        {
            return new(nameof(SharedNumber), Verdict.Pass, limit, plan.MostShared, null,
                CountGuardrail.Text($"No mobile or alternateMobile number is wanted by more than {Quantity.Of(limit, "user")}."));
        }

        string allow = CountGuardrail.Text($"--allow sharedNumber={plan.MostShared}");
        return new(nameof(SharedNumber), Verdict.Held, limit, plan.MostShared, allow, CountGuardrail.Text(
            $"One number is wanted as mobile or alternateMobile by {plan.MostShared:N0} users, at most {limit:N0} may share one. ")
            + CountGuardrail.Text($"The phones of {Quantity.Of(plan.HeldForSharing, "user")} who would change are held. ")
            + $"Check the source for a default or filled-down number; if it is intended, run again with {allow}.");
    }

    /// <summary>How many users may want one number in this run; null: any number of them.</summary>
    public static long? EffectiveLimit(GuardrailLimits limits, Allowances allowances) =>
        limits.SharedNumber is { } limit ? Math.Max(limit, allowances.SharedNumber ?? 0) : null;
}
