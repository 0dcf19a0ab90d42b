using System.Diagnostics;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>How a decision is coloured.</summary>
internal enum Mood
{
    Good,
    Careful,
    Bad,
}

/// <summary>The verdict of a report: what this is, and whether it is well.</summary>
/// <param name="Mood">Colour.</param>
/// <param name="Headline">One sentence.</param>
internal sealed record Decision(Mood Mood, string Headline)
{
    public static Decision From(Report report, FindingCounter tally) => report.Head switch
    {
        PlanDocument { Origin: PlanOrigin.OneUser } plan => OneUserDecision.Of(plan, tally),
        RunDocument { Origin: PlanOrigin.OneUser } run => OneUserDecision.Of(run, tally),
        PlanDocument plan => OfPlan(plan, tally, report.Context.Approval),
        RunDocument run => OfRun(run, tally),
        // ReportHeader is closed in fact, but the compiler cannot see it.
        var other => throw new UnreachableException(other.GetType().Name),
    };

    private static Decision OfPlan(PlanDocument plan, FindingCounter tally, ApprovalState approval)
    {
        SummaryEntry summary = plan.Summary;
        if (plan.Errored) return new(Mood.Bad, "Planning did not finish: this plan cannot be applied.");
        string doubt = IsElsewhere(summary)
            ? $" {Quantity.Of(summary.NotFound)} of {Quantity.Of(summary.Users, "user")} are not found: is this the right tenant?" : "";
        if (!plan.Applyable) return Blocked(plan, doubt);
        long problem = summary.Invalid + summary.NotFound + summary.NotRead + summary.HeldNotStanding;
        if (summary.Changed == 0)
        {
            string attention = problem == 0 ? "" : $" {Quantity.Of(problem, "user needs", "users need")} attention.{doubt}";
            return summary.Held > 0 && problem == 0
                ? new(Mood.Good, $"No changes: what differs is held by policy or protection ({Quantity.Of(summary.Held, "user")}).")
                : new(problem == 0 ? Mood.Good : Mood.Careful, problem == 0 ? "No changes: the tenant matches the source." : $"No changes.{attention}");
        }

        string ready = approval == ApprovalState.Missing ? "Needs approval" : "Ready to apply";
        string change = $"{ready}: {Quantity.Of(summary.Changed, "user changes", "users change")}.{doubt}";
        bool careful = summary.LosingLastPhone + problem > 0 || approval == ApprovalState.Missing;
        return tally.LeftWithNone > 0
            ? new(Mood.Bad, $"{change} {Quantity.Of(tally.LeftWithNone)} of them will have no usable method left.")
            : new(careful ? Mood.Careful : Mood.Good, change);
    }

    private static Decision OfRun(RunDocument run, FindingCounter tally)
    {
        SummaryEntry summary = run.Summary;
        string done = $"{Quantity.Of(summary.Done ?? 0)} of {Quantity.Of(summary.Changed, "user")} done";
        string left = tally.LeftWithNone > 0
            ? $" {Quantity.Of(tally.LeftWithNone, "user is", "users are")} left without any usable method." : "";
        return run.Outcome switch
        {
            RunOutcome.Running => new(Mood.Careful, $"Running: {done} so far.{left}"),
            RunOutcome.Succeeded => new(left.Length > 0 ? Mood.Careful : Mood.Good, $"Succeeded: {done}.{left}"),
            RunOutcome.Partial => new(Mood.Bad, $"Partial: {done}.{left}"),
            RunOutcome.Blocked => Blocked(run, ""),
            RunOutcome.Interrupted => new(Mood.Careful, $"Interrupted: {done}.{left}"),
            RunOutcome.Failed => new(Mood.Bad, $"Failed: {done}.{left}"),
        };
    }

    /// <summary>More than half of a list is unknown to the tenant: most likely it is another tenant's, or names users in another way.</summary>
    private static bool IsElsewhere(SummaryEntry summary) => summary.Users > 1 && summary.NotFound * 2 > summary.Users;

    private static Decision Blocked(ReportHeader head, string doubt)
    {
        string names = string.Join(", ", head.Guardrails.Where(static g => g.Verdict == Verdict.Blocked).Select(static g => g.Name));
        return new(Mood.Bad, $"Refused{(names.Length == 0 ? "" : $" by {names}")}: nothing is written.{doubt}");
    }
}
