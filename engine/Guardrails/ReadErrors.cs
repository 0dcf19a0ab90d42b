using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>
/// Users that could not be read. Over the limit the deletions of everybody are held, because a tenant that answers badly may
/// also answer wrongly; over ten times the limit nothing is written (docs/safety.md#guardrails).
/// </summary>
internal static class ReadErrors
{
    private const int BlockFactor = 10;
    private const string Next = "See the diagnostics of these users; when the tenant answers again, run again.";

    public static GuardrailVerdict Judge(PlanMeasures plan, GuardrailLimits limits, Allowances allowances)
    {
        long actual = plan.Summary.NotRead;
        if (limits.ReadErrors.For(plan.Asked, limits.MinPopulation) is not { } most)
        {
            return new(nameof(ReadErrors), Verdict.Pass, null, actual, null, CountGuardrail.Text($"{Quantity.Of(actual, "user")} not read; no limit applies."));
        }

        long effective = Math.Max(most, allowances.ReadErrors ?? 0);
        if (actual <= effective) return new(nameof(ReadErrors), Verdict.Pass, effective, actual,
            null, CountGuardrail.Text($"{Quantity.Of(actual, "user")} not read, at most {effective:N0}."));
        string allow = CountGuardrail.Text($"--allow readErrors={actual}");
        return actual > most * BlockFactor
            ? new(nameof(ReadErrors), Verdict.Blocked, effective, actual, allow, CountGuardrail.Text(
                $"{actual:N0} of {Quantity.Of(plan.Asked, "user")} could not be read, more than ten times the limit of {most:N0}. Nothing is written. ") + Next)
            : new(nameof(ReadErrors), Verdict.Held, effective, actual, allow, CountGuardrail.Text(
                $"{actual:N0} of {Quantity.Of(plan.Asked, "user")} could not be read, more than the limit of {most:N0}. All deletions are held. ") + Next);
    }
}
