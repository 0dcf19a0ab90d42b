using System.Collections.Immutable;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Http;

/// <summary>The plan of a dry run as a document (docs/documents.md#plan), for every API: with the limit over time that forbids it as a guardrail's verdict, and
/// masked.</summary>
internal static class DryRunReport
{
    /// <param name="planned">The plan.</param>
    /// <param name="digests">Masks values.</param>
    /// <param name="full">Values are shown in full; then without what applying a saved plan needs.</param>
    public static Report From(RunResult.Planned planned, KeyedDigests digests, bool full)
    {
        ImmutableArray<GuardrailVerdict> verdicts = planned.Refusal is { } refusal ? planned.Head.Guardrails.Add(Verdict(refusal)) : planned.Head.Guardrails;
        PlanHeader head = planned.Head with { Guardrails = [.. verdicts.Select(static v => v with { Message = HttpWording.From(v.Message) })] };
        UserPlan plan = planned.Plan.Plan;
        plan = plan with { Held = HttpWording.From(plan.Held), Diagnostics = [.. plan.Diagnostics.Select(HttpWording.From)] };
        PlannedUser user = planned.Plan with { Plan = plan };
        Report report = Report.From(head, _ => new[] { user }.ToAsyncEnumerable(), digests);
        return full ? report with { Users = cancellation => report.Users(cancellation).Select(Shown) } : report.Mask(digests);
    }

    private static GuardrailVerdict Verdict(WindowRefusal refusal) => new(refusal.Budget.Measure.Guardrail(), Engine.Records.Verdict.Blocked,
        refusal.Budget.Most, refusal.Used + refusal.Asked, refusal.Budget.Measure.AllowKey(), refusal.Message);

    private static UserEntry Shown(UserEntry user) => user with { Row = null, Desired = null, Current = null };
}
