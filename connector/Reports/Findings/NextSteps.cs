using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>
/// What to do after a plan or a run, the same in every rendering. What follows depends on what the plan was made from and on what was typed and
/// written, never on the name of a source.
/// </summary>
internal static class NextSteps
{
    public static ImmutableArray<ProposedStep> From(Report report, FindingCounter tally)
    {
        CommandContext context = report.Context;
        if (context.IsQuestion) return [];
        return report.Head switch
        {
            PlanDocument plan => [.. OfPlan(plan, tally, context)],
            RunDocument run => [.. OfRun(run, tally, context)],
            // ReportHeader is closed in fact, but the compiler cannot see it.
            var other => throw new UnreachableException(other.GetType().Name),
        };
    }

    private static IEnumerable<ProposedStep> OfPlan(PlanDocument plan, FindingCounter tally, CommandContext context)
    {
        if (plan.Errored) return [PlanAgain("Fix what stopped the planning, then plan again", plan, context)];
        if (!plan.Applyable) return Blocked(plan, context);
        SummaryEntry summary = plan.Summary;
        if (summary.Changed > 0) return Apply(plan, context);
        if (plan.Origin is PlanOrigin.OneUser) return AllowOnce(tally, context);
        return summary.Invalid + summary.NotFound + summary.NotRead + summary.HeldNotStanding == 0
            ? [] : [PlanAgain("Fix the users listed here, then plan again", plan, context)];
    }

    private static IEnumerable<ProposedStep> Apply(PlanDocument plan, CommandContext context)
    {
        string tenant = plan.Tenant.Name;
        bool missing = context.Approval == ApprovalState.Missing;
        switch (plan.Origin)
        {
            case PlanOrigin.Action:
                yield return ProposedStep.From(
                    context.Change is null ? "To make the change, run the command without --dry-run" : "To make the change", context.Change);
                break;
            case PlanOrigin.Request:
                yield return new("Send the request without dry run.");
                break;
            case var _ when context.PlanFile is not null:
                if (missing) yield return ProposedStep.From("Review it. Someone other than you approves it", context.Approve(tenant));
                yield return ProposedStep.From(missing ? "Then apply it" : "Review it, then apply it", context.Apply(tenant));
                break;
            case PlanOrigin.Undo undo:
                yield return ProposedStep.From("Save it for review, then apply the saved plan",
                    context.UndoAgain(tenant, undo.RunId, ProposedCommands.UndoFile));
                break;
            case PlanOrigin.Migration:
                yield return ProposedStep.From("Save it for review, then apply the saved plan",
                    context.StepAgain(tenant, null, ProposedCommands.PlanFile));
                break;
            case PlanOrigin.Source or PlanOrigin.StandardInput when missing || context.Source is { IsStandardInput: true }:
                yield return ProposedStep.From(
                    missing ? "It needs the approval of a second person. Save it for them" : "Give the same list again and save the plan, then apply that file",
                    context.Plan(tenant, saveTo: ProposedCommands.PlanFile));
                break;
            case PlanOrigin.Source or PlanOrigin.StandardInput:
                yield return ProposedStep.From("Review it, then apply it", context.Apply(tenant));
                break;
            default:
                throw new UnreachableException(plan.Origin.GetType().Name);
        }
    }

    /// <summary>What protects the one user can be allowed by name, once.</summary>
    private static IEnumerable<ProposedStep> AllowOnce(FindingCounter tally, CommandContext context)
    {
        if (context.Change is null || tally.Groups is not [{ First: [var user, ..] }, ..]) return [];
        return user.Held.Select(static held => AllowKey(held.Code)).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(key => ProposedStep.From("If it is right, allow it once", context.ChangeAllowing($"{key}={user.User}")));
    }

    private static string? AllowKey(string code) => code switch
    {
        HoldCodes.Protected or HoldCodes.ProtectPrivileged => "protected",
        HoldCodes.IdentityChanged => "identityChanged",
        _ => null,
    };

    private static IEnumerable<ProposedStep> OfRun(RunDocument run, FindingCounter tally, CommandContext context)
    {
        string tenant = run.Tenant.Name;
        switch (run.Outcome)
        {
            case RunOutcome.Running:
                return [ProposedStep.From("Wait until it has ended. To look again", context.OfRun(tenant, "show", run.RunId))];
            case RunOutcome.Succeeded:
                return AfterSuccess(run, tally, context);
            case RunOutcome.Partial when run.Origin is PlanOrigin.OneUser && (run.Summary.Done ?? 0) > 0:
                return AfterSuccess(run, tally, context);
            case RunOutcome.Partial:
                return [.. AfterLoss(run, tally, context), PlanAgain("Fix what went wrong; a new plan holds what is left", run, context)];
            case RunOutcome.Blocked:
                return Blocked(run, context);
            case RunOutcome.Interrupted when run.Resumable:
                bool failed = run.Diagnostics.Any(static d => d.Code == "canaryFailed");
                return [ProposedStep.From(failed ? "The users tried first were not all done. Fix the cause, then continue the run" : "To continue it",
                    context.OfRun(tenant, "resume", run.RunId))];
            case RunOutcome.Interrupted:
                return [Again("Make the change again; a repeat sends only what is left", run, context)];
            case RunOutcome.Failed:
                ProposedStep check = ProposedStep.From("Fix the cause. To check credential and permissions", context.Verb(tenant, "doctor"));
                return run.Resumable
                    ? [check, ProposedStep.From("Then continue the run", context.OfRun(tenant, "resume", run.RunId))]
                    : [check, PlanAgain("Then plan again", run, context)];
            default:
                throw new UnreachableException(run.Outcome.ToString());
        }
    }

    private static IEnumerable<ProposedStep> AfterSuccess(RunDocument run, FindingCounter tally, CommandContext context)
    {
        if ((run.Summary.Done ?? 0) == 0) yield break;
        foreach (ProposedStep step in AfterLoss(run, tally, context)) yield return step;
        if (run.Origin is not PlanOrigin.OneUser)
        {
            yield return ProposedStep.From("The evidence is in the audit chain. To check that nothing of it was changed",
                context.Verb(null, "audit", "verify"));
        }

        if (tally.Undoable == 0) yield break;
        string until = context.UndoMaxAge is { } age
            ? string.Create(CultureInfo.InvariantCulture, $" until {(run.EndedAt ?? run.StartedAt).Add(age).UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "";
        yield return ProposedStep.From($"It can be undone{until}", context.Undo(run.Tenant.Name, run.RunId));
    }

    /// <summary>The list for the helpdesk, where there is anyone to help.</summary>
    private static IEnumerable<ProposedStep> AfterLoss(RunDocument run, FindingCounter tally, CommandContext context)
    {
        if (run.Origin is not PlanOrigin.OneUser && tally.EndsWithFewer > 0)
        {
            yield return ProposedStep.From("For the helpdesk, who ended with fewer usable methods", context.OfRun(run.Tenant.Name, "recovery", run.RunId));
        }
    }

    private static IEnumerable<ProposedStep> Blocked(ReportHeader head, CommandContext context)
    {
        string tenant = head.Tenant.Name;
        GuardrailVerdict[] blocked = [.. head.Guardrails.Where(static g => g.Verdict == Verdict.Blocked)];
        string[] allow = [.. blocked.Select(static g => g.Allow).OfType<string>()];
        bool allowable = allow.Length == blocked.Length && allow.Length > 0;
        if (head.Origin is PlanOrigin.OneUser)
        {
            foreach (ProposedStep step in head.Origin is PlanOrigin.Action ? OverLimit(blocked, tenant, context) : []) yield return step;
            yield break;
        }

        if (head is RunDocument { Diagnostics: var why } && why.Any(static diagnostic => diagnostic.Code == "unproven"))
        {
            yield return ProposedStep.From("Ask the tenant first; this only reads", context.Verb(tenant, "doctor", "--probe", "probe.json"));
            if (context.PlanFile is not null) yield return ProposedStep.From("Then apply it", context.Apply(tenant));
        }
        else if (head is RunDocument && blocked.Length == 0 && context.Approval == ApprovalState.Missing)
        {
            foreach (ProposedStep step in ForApproval(head, context)) yield return step;
        }
        else if (allowable && context is { PlanFile: not null, Approval: not ApprovalState.NotNeeded })
        {
            yield return ProposedStep.From("If it is right, someone other than you approves it and allows that", context.Approve(tenant, allow));
        }
        else
        {
            yield return allowable
                ? PlanAgain("If it is right, plan again and allow it once", head, context, allow)
                : PlanAgain("Fix what blocks it, then plan again", head, context);
        }
    }

    /// <summary>Limits over time of changes of single users, which an approver opens.</summary>
    private static IEnumerable<ProposedStep> OverLimit(IEnumerable<GuardrailVerdict> blocked, string tenant, CommandContext context) =>
        from verdict in blocked
        from measure in Enum.GetValues<WindowMeasure>()
        where verdict.Name == measure.Guardrail() && verdict is { Actual: not null, Limit: not null }
        select ProposedStep.From("If it is right, an approver opens the limit",
            context.OpenLimit(tenant, measure.AllowKey(), verdict.Actual - verdict.Limit ?? 0));

    private static IEnumerable<ProposedStep> ForApproval(ReportHeader head, CommandContext context)
    {
        string tenant = head.Tenant.Name;
        if (context.PlanFile is null)
        {
            yield return PlanAgain("Save the plan for the second person", head, context with { PlanFile = ProposedCommands.PlanFile });
            yield break;
        }

        yield return ProposedStep.From("Someone other than you approves it", context.Approve(tenant));
        yield return ProposedStep.From("Then apply it", context.Apply(tenant));
    }

    /// <summary>Of a saved plan the next one is saved too, since it was to be reviewed.</summary>
    private static ProposedStep PlanAgain(string text, ReportHeader head, CommandContext context, IEnumerable<string>? allow = null) => head.Origin switch
    {
        PlanOrigin.Source or PlanOrigin.StandardInput => ProposedStep.From(text, context.Plan(head.Tenant.Name, allow, context.PlanFile)),
        PlanOrigin.Undo undo => ProposedStep.From(text, context.UndoAgain(head.Tenant.Name, undo.RunId, context.PlanFile)),
        PlanOrigin.Migration => ProposedStep.From(text, context.StepAgain(head.Tenant.Name, allow, context.PlanFile)),
        PlanOrigin.OneUser => Again("Fix it, then make the change again", head, context),
        var other => throw new UnreachableException(other.GetType().Name),
    };

    private static ProposedStep Again(string text, ReportHeader head, CommandContext context) =>
        ProposedStep.From(text, head.Origin is PlanOrigin.Action ? context.Change : null);
}
