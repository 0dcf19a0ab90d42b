using System.Collections.Immutable;
using System.Diagnostics;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>All guardrails, always in this order; all of them speak, in <c>plan</c> as in <c>apply</c>.</summary>
public static class GuardrailPanel
{
    public static ImmutableArray<GuardrailVerdict> Judge(PlanMeasures plan, GuardrailLimits limits, Allowances allowances)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(allowances);
        return
        [
            .. CountGuardrail.Judge(plan, limits, allowances),
            ReadErrors.Judge(plan, limits, allowances),
            SharedNumber.Judge(plan, limits, allowances),
            Protected.Judge(plan),
            ProtectPrivileged.Judge(plan, limits),
            SourceShrink.Judge(plan, limits, allowances),
            SourceOlder.Judge(plan, limits, allowances),
            .. RetiringMethod.Judge(plan, limits) is { } retiring ? [retiring] : (ReadOnlySpan<GuardrailVerdict>)[],
        ];
    }

    /// <summary>
    /// The verdicts of a saved plan when it is to be applied: what depends on earlier runs is asked again, because there may have been
    /// some since. Nothing can be withheld any more, so a breach blocks.
    /// </summary>
    public static ImmutableArray<GuardrailVerdict> Again(PlanHeader plan, PlanMemory memory)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(memory);
        PlanMeasures measures = new()
        {
            Summary = plan.Summary, Population = plan.Population, Asked = 0, Past = memory.Past, LastAccepted = memory.LastAccepted,
            Source = plan.Source.Census, SourceSha256 = plan.Source.Sha256, IsDelta = plan.Source.Delta,
        };
        GuardrailLimits limits = plan.Limits with { OnBreach = BreachPolicy.Stop };
        ImmutableArray<GuardrailVerdict> blocked =
        [
            .. ((ReadOnlySpan<GuardrailVerdict>)
            [
                .. CountGuardrail.Judge(measures, limits, plan.Allowances),
                SourceShrink.Judge(measures, limits, plan.Allowances),
                SourceOlder.Judge(measures, limits, plan.Allowances),
            ]).ToArray().Where(v => v.Verdict == Verdict.Blocked),
        ];
        return [.. plan.Guardrails.Select(v => blocked.FirstOrDefault(b => b.Name == v.Name) ?? v),
            .. blocked.Where(b => plan.Guardrails.All(v => v.Name != b.Name))];
    }

    /// <summary>What verdicts hold of every user's plan: whole classes of operations (<c>OnBreach: Withhold</c>, <c>ReadErrors</c>).</summary>
    public static Holds Withheld(ImmutableArray<GuardrailVerdict> verdicts)
    {
        Holds holds = Holds.None;
        foreach (GuardrailVerdict verdict in verdicts)
        {
            if (verdict.Verdict != Verdict.Held) continue;
            holds = verdict.Name switch
            {
                nameof(ReadErrors) => holds.WithAction(OperationAction.Delete, new(HoldCodes.ReadErrors, false, verdict.Message)),

                // These hold single users, whom the planner knows.
                nameof(SharedNumber) or nameof(Protected) or nameof(ProtectPrivileged) or nameof(RetiringMethod) => holds,
                _ => CountGuardrail.Withheld(holds, verdict) ?? throw new UnreachableException($"The guardrail '{verdict.Name}' has no hold."),
            };
        }

        return holds;
    }
}
