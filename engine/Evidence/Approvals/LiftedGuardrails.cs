using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Evidence.Approvals;

/// <summary>Lets exactly the guardrails pass that an approval allows, up to its numbers (
/// docs/safety.md#guardrails). What a guardrail held back stays held: the plan does not grow.</summary>
public static class LiftedGuardrails
{
    private const string Option = "--allow ";

    public static ImmutableArray<GuardrailVerdict> Blocked(PlanHeader plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [.. plan.Guardrails.Where(g => g.Verdict == Verdict.Blocked)];
    }

    /// <summary>Key and number that would let a blocked guardrail pass; null when nothing does.</summary>
    public static (string Key, long Needed)? Needs(GuardrailVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        if (verdict.Allow is not { } allow || !allow.StartsWith(Option, StringComparison.Ordinal)) return null;
        string[] parts = allow[Option.Length..].Split('=', 2);
        if (parts.Length == 1) return (parts[0], 1);
        return long.TryParse(parts[1].TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out long needed) ? (parts[0], needed) : null;
    }

    /// <summary>The plan's head with all its blocks lifted; null when the approval leaves one, or planning itself went wrong.</summary>
    public static PlanHeader? Apply(PlanHeader plan, Approval approval)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(approval);
        PlanHeader lifted = plan with
        {
            Guardrails = [.. plan.Guardrails.Select(g => g.Verdict == Verdict.Blocked && Covers(approval, g)
            ? Passed(g, approval) : g)]
        };
        return lifted.Applyable ? lifted : null;
    }

    private static bool Covers(Approval approval, GuardrailVerdict verdict) =>
        Needs(verdict) is var (key, needed) && approval.Allowances.TryGetValue(key, out long most) && most >= needed;

    private static GuardrailVerdict Passed(GuardrailVerdict verdict, Approval approval) => verdict with
    {
        Verdict = Verdict.Pass,
        Allow = null,
        Message = $"{verdict.Actual?.ToString(CultureInfo.InvariantCulture) ?? "It"} is over the limit and was allowed by {approval.Approver}: "
            + $"{approval.Reason}",
    };
}
