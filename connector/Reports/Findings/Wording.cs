using System.Globalization;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>Sentences that several renderings share.</summary>
internal static class Wording
{
    /// <summary>Where: <c>SANDBOX contoso</c> or <c>contoso</c>.</summary>
    public static string Where(ReportHeader head) => head.Tenant.IsSandbox ? $"SANDBOX {head.Tenant.Name}" : head.Tenant.Name;

    /// <summary>What this is: plan or run, source, when, by whom.</summary>
    public static string Identity(ReportHeader head) => $"{What(head)}, {At(StartOf(head))}{By(head)}";

    /// <summary>The plan or run, its source and its tenant.</summary>
    public static string What(ReportHeader head)
    {
        string what = head is RunDocument run ? $"Run {run.RunId} of plan {run.PlanId}" : $"Plan {head.PlanId}";
        string delta = head.Source.Delta ? ", only changes" : "";
        return $"{what} from {head.Source.Name} ({Quantity.Of(head.Source.Rows, "row")}{delta}) for tenant {head.Tenant.Id} ({head.Tenant.Cloud})";
    }

    /// <summary>When a plan was made or a run started.</summary>
    public static DateTimeOffset StartOf(ReportHeader head) => head is RunDocument run ? run.StartedAt : head.CreatedAt;

    /// <summary>By whom, and who approved it; begins with a comma.</summary>
    public static string By(ReportHeader head) => $", by {head.Actor}{Approved(head)}";

    /// <summary><c>2026-03-01 22:30 UTC</c>.</summary>
    public static string At(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC");

    private static string Approved(ReportHeader head) => head switch
    {
        RunDocument { Approval: { } approval } => $", approved by {approval.Approver}: {approval.Reason}",
        PlanDocument { Approvals: { IsDefaultOrEmpty: false } approvals } =>
            string.Concat(approvals.Select(a => $", approved by {a.Approver} until {At(a.ExpiresAt)}: {a.Reason}")),
        _ => "",
    };

    /// <summary>Counts of changes: moves are distinguished, so that each change is counted once.</summary>
    public static IEnumerable<(Sign Sign, long Count)> Changes(SummaryEntry summary, FindingCounter tally)
    {
        OperationCounts counts = summary.Operations;
        (Sign, long)[] all =
        [
            (Sign.Add, counts.Add - tally.Moves),
            (Sign.Update, counts.Update),
            (Sign.Delete, counts.Delete - tally.Moves),
            (Sign.Move, tally.Moves),
            (Sign.Set, counts.Enable + counts.Disable + counts.Prefer + counts.Reset),
        ];
        return all.Where(c => c.Item2 > 0);
    }

    /// <summary>The one line that holds the counts.</summary>
    public static string Totals(ReportHeader head, FindingCounter tally)
    {
        SummaryEntry summary = head.Summary;
        string changes = string.Join(", ", Changes(summary, tally).Select(c => $"{Quantity.Of(c.Count)} {c.Sign.Letter()}"));
        string change = $"{Quantity.Of(summary.Changed, "user changes", "users change")}{(changes.Length > 0 ? $" ({changes})" : "")}";
        string[] rest =
        [
            $"{Quantity.Of(summary.Equal)} equal",
            .. Some(summary.Held, "held"), .. Some(summary.Drifted, "in drift"), .. Some(summary.Invalid, "invalid"),
            .. Some(summary.NotFound, "not found"), .. Some(summary.NotRead, "not read"), .. Some(summary.Moves, "with a number from another user"),
        ];
        return head is RunDocument
            ? $"Run: {Outcomes(summary)}; {string.Join(", ", rest)}. {Account(summary)}"
            : $"Plan: {change}; {string.Join("; ", rest)}. {Quantity.Of(summary.Operations.Total, "write")}, ≈ {Quantity.Duration(summary.Forecast.Seconds)}.";
    }

    /// <summary>The option that allows what a guardrail holds or blocks, where its message does not name it; begins with a blank.</summary>
    public static string AllowOnce(GuardrailVerdict guardrail) =>
        guardrail is { Allow: { } option, Verdict: not Verdict.Pass } && !guardrail.Message.Contains(option, StringComparison.Ordinal)
            ? $" To allow it once: {option}" : "";

    /// <summary>How usable methods are counted, where a report says that someone has few; null elsewhere.</summary>
    public static string? OfWhatCanBeRead(ReportHeader head, FindingCounter tally) => tally.EndsWithFewer + tally.LeftWithNone + head.Summary.OnlyPhone > 0
        ? "Usable methods are counted of what can be read." : null;

    /// <summary>What it will cost; of a run that has ended what it taught. Null: nothing.</summary>
    public static string? Cost(ReportHeader head)
    {
        if (head is RunDocument { EndedAt: not null }) return head.Summary.Used?.Learned is { Length: > 0 } lesson ? $"Learned: {lesson}" : null;
        Forecast forecast = head.Summary.Forecast;
        return $"Forecast: {Quantity.Of(forecast.Reads, "read")}, {Quantity.Of(forecast.Writes, "write")}, ≈ {Quantity.Duration(forecast.Seconds)} at the "
            + $"current rates{Share(forecast)}.";
    }

    private static string Share(Forecast forecast) => forecast.WriteShare is >= 0.01 and var share
        ? string.Create(CultureInfo.InvariantCulture, $", {100 * share:0} % of the configured write quota in that time")
        : "";

    private static string Outcomes(SummaryEntry summary) => string.Join(", ",
    [
        $"{Quantity.Of(summary.Done ?? 0)} done",
        .. Some(summary.Failed ?? 0, "failed"), .. Some(summary.Unknown ?? 0, "unknown"),
        .. Some(summary.Stale ?? 0, "stale"), .. Some(summary.Skipped ?? 0, "skipped"),
    ]);

    private static string Speed(double? efficiency) =>
        efficiency is { } share ? string.Create(CultureInfo.InvariantCulture, $" ({100 * share:0} % of the quota's speed)") : "";

    private static string Account(SummaryEntry summary) => summary.Used is { } used
        ? $"{Quantity.Of(used.Writes, "write")}, {Quantity.Of(used.Reads, "read")}, {Quantity.Of(used.Throttled)} throttled, "
            + $"{Quantity.Duration(used.Seconds)}{Speed(used.Efficiency)}."
        : summary.OperationOutcomes is { } operations
        ? $"{Quantity.Of(operations.Done)} of {Quantity.Of(summary.Operations.Total, "write")} "
            + $"done{string.Concat(Some(operations.Unknown, "unknown").Select(u => $", {u}"))}."
        : $"{Quantity.Of(summary.Operations.Total, "write")} planned.";

    private static IEnumerable<string> Some(long count, string name) => count > 0 ? [$"{Quantity.Of(count)} {name}"] : [];
}
