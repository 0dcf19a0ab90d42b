using ProvisioningConnector.Engine.Pipeline;
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
        PlanHeader head = planned.Refusal is { } refusal ? planned.Head with { Guardrails = planned.Head.Guardrails.Add(Verdict(refusal)) } : planned.Head;
        Report report = Report.From(head, _ => new[] { planned.Plan }.ToAsyncEnumerable(), digests);
        return full ? report with { Users = cancellation => report.Users(cancellation).Select(Shown) } : report.Mask(digests);
    }

    private static GuardrailVerdict Verdict(WindowRefusal refusal) => new(refusal.Budget.Measure.Guardrail(), Engine.Records.Verdict.Blocked,
        refusal.Budget.Most, refusal.Used + refusal.Asked, refusal.Budget.Measure.AllowKey(), refusal.Message);

    private static UserEntry Shown(UserEntry user) => user with { Row = null, Desired = null, Current = null };
}
