using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>How a decision is coloured.</summary>
internal enum Mood
{
    Good,
    Careful,
    Bad,
}

/// <summary>The first thing a report says: what this is, and what to do next.</summary>
/// <param name="Mood">Colour.</param>
/// <param name="Headline">One sentence.</param>
/// <param name="Next">What to do next; empty when there is nothing to do.</param>
internal sealed record Decision(Mood Mood, string Headline, string Next)
{
    public static Decision From(ReportHeader head, FindingCounter tally) => head switch
    {
        PlanDocument plan => OfPlan(plan, tally),
        RunDocument run => OfRun(run, tally),
        // ReportHeader is closed in fact, but the compiler cannot see it.
        _ => throw new ArgumentOutOfRangeException(nameof(head)),
    };

    private static Decision OfPlan(PlanDocument plan, FindingCounter tally)
    {
        SummaryEntry summary = plan.Summary;
        if (plan.Errored) return new(Mood.Bad, "Planning stopped before its end: this plan cannot be applied.", "Put right what stopped it, then plan again.");
        if (!plan.Applyable) return Blocked(plan);
        long problem = summary.Invalid + summary.NotFound + summary.NotRead + summary.HeldNotStanding;
        if (summary.Changed == 0)
        {
            return problem == 0
                ? new(Mood.Good, summary.Held == 0 ? plan.Origin is PlanOrigin.Action
                ? "No change needed: already set." : "Nothing to do: the tenant is as the source wants it."
                : "Nothing to do: what differs is held by policy.", "")
                : new(Mood.Careful, $"Nothing to change, but {Count.Format(problem, "user needs", "users need")} attention.",
                    "Fix the users listed below, then plan again.");
        }

        string change = $"Ready to apply: {Count.Format(summary.Changed, "user changes", "users change")}.";
        return tally.LeftWithNone > 0
            ? new(Mood.Bad, $"{change} {Count.Format(tally.LeftWithNone, "of them will", "of them will")} have no usable method left, of what can be read.",
                $"Review, then {Commands.Apply(plan)}")
            : new(summary.LosingLastPhone + problem > 0 ? Mood.Careful : Mood.Good, change, $"Review, then {Commands.Apply(plan)}");
    }

    private static Decision OfRun(RunDocument run, FindingCounter tally)
    {
        SummaryEntry summary = run.Summary;
        string done = $"{Count.Format(summary.Done ?? 0)} of {Count.Format(summary.Changed, "user")} done";
        string left = tally.LeftWithNone > 0
            ? $" {Count.Format(tally.LeftWithNone, "user is", "users are")} left without any usable method, of what can be read." : "";
        return run.Outcome switch
        {
            RunOutcome.Running => new(Mood.Careful, $"Running: {done} so far.{left}", $"Wait until it has ended. To look again: {Commands.Show(run.RunId)}"),
            RunOutcome.Succeeded => new(left.Length > 0 ? Mood.Careful : Mood.Good, $"Succeeded: {done}.{left}", ""),
            RunOutcome.Partial => new(Mood.Bad, $"Partial: {done}.{left}", $"See below what went wrong; a new plan holds what is left: {Commands.Plan(run)}"),
            RunOutcome.Blocked => Blocked(run),
            RunOutcome.Interrupted => new(Mood.Careful, $"Interrupted: {done}.{left}", Commands.GoOn(run.RunId, run.Resumable)),
            RunOutcome.Failed => new(Mood.Bad, $"Failed: {done}.{left}",
                $"See below why and put it right, then {(run.Resumable ? Commands.Resume(run.RunId) : Commands.Plan(run))}"),
        };
    }

    private static Decision Blocked(ReportHeader head)
    {
        GuardrailVerdict[] blocked = [.. head.Guardrails.Where(g => g.Verdict == Verdict.Blocked)];
        string names = string.Join(", ", blocked.Select(g => g.Name));
        string[] allow = [.. blocked.Select(g => g.Allow).OfType<string>()];
        return new(
            Mood.Bad,
            blocked.Length == 0 ? "Blocked: nothing is written." : $"Blocked by {names}: nothing is written.",
            allow.Length == blocked.Length && allow.Length > 0
                ? $"Review what is blocked; if it is right, allow it once: {string.Join(' ', allow)}"
                : "Review what is blocked and put it right, then plan again.");
    }
}
