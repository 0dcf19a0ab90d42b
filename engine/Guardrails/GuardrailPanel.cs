using System.Collections.Immutable;
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
            MaxDeletes.Judge(plan, limits, allowances),
            MaxUpdates.Judge(plan, limits, allowances),
            MaxAdds.Judge(plan, limits, allowances),
            MaxLastPhone.Judge(plan, limits, allowances),
            ReadErrors.Judge(plan, limits, allowances),
            SharedNumber.Judge(plan, limits, allowances),
            Protected.Judge(plan),
            ProtectPrivileged.Judge(plan, limits),
            SourceShrink.Judge(plan, limits, allowances),
            SourceOlder.Judge(plan, limits, allowances),
        ];
    }

    /// <summary>
    /// The verdicts of a saved plan when it is to be applied: what depends on earlier runs is asked again, because there may have been
    /// some since. Nothing can be withheld any more, so a breach blocks.
    /// </summary>
    public static ImmutableArray<GuardrailVerdict> Again(PlanHead plan, PlanMemory memory)
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
                MaxDeletes.Judge(measures, limits, plan.Allowances),
                MaxUpdates.Judge(measures, limits, plan.Allowances),
                MaxAdds.Judge(measures, limits, plan.Allowances),
                MaxLastPhone.Judge(measures, limits, plan.Allowances),
                SourceShrink.Judge(measures, limits, plan.Allowances),
                SourceOlder.Judge(measures, limits, plan.Allowances),
            ]).ToArray().Where(v => v.Verdict == Verdict.Blocked),
        ];
        return [.. plan.Guardrails.Select(v => blocked.FirstOrDefault(b => b.Name == v.Name) ?? v), .. blocked.Where(b => plan.Guardrails.All(v => v.Name != b.Name))];
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
                nameof(MaxDeletes) => WithAction(holds, OperationAction.Delete, HoldCodes.MaxDeletes, verdict),
                nameof(MaxUpdates) => WithAction(holds, OperationAction.Update, HoldCodes.MaxUpdates, verdict),
                nameof(MaxAdds) => WithAction(holds, OperationAction.Add, HoldCodes.MaxAdds, verdict),
                nameof(ReadErrors) => WithAction(holds, OperationAction.Delete, HoldCodes.ReadErrors, verdict),
                nameof(MaxLastPhone) => holds with { LastPhone = new HoldReason(HoldCodes.MaxLastPhone, false, verdict.Message) },
                _ => holds,
            };
        }

        return holds;
    }

    private static Holds WithAction(Holds holds, OperationAction action, string code, GuardrailVerdict verdict) =>
        holds.Actions.ContainsKey(action) ? holds : holds with { Actions = holds.Actions.Add(action, new HoldReason(code, false, verdict.Message)) };
}
