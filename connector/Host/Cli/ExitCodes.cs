using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Exit codes (docs/cli.md#exit-codes); the first that applies wins.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Error = 1;
    public const int Changes = 2;
    public const int Blocked = 3;
    public const int SomeUsersNot = 4;
    public const int AllStale = 5;
    public const int TenantHeld = 6;
    public const int Quarantined = 7;
    public const int Interrupted = 130;

    /// <summary>Of <c>plan</c>.</summary>
    public static int From(PlanHeader plan, bool detailed)
    {
        if (plan.Errored) return Error;
        if (!plan.Applyable) return Blocked;
        if (HasProblem(plan.Summary)) return SomeUsersNot;
        return detailed && plan.Summary.Changed > 0 ? Changes : Done;
    }

    /// <summary>Of <c>apply</c> and <c>resume</c>.</summary>
    public static int From(RunHeader run) => run.Outcome switch
    {
        RunOutcome.Succeeded => Done,
        RunOutcome.Partial => run.Outcomes.Total > 0 && run.Outcomes.Stale == run.Outcomes.Total ? AllStale : SomeUsersNot,
        RunOutcome.Blocked => Blocked,
        RunOutcome.Interrupted => run.Diagnostics.Any(d => d.Code == "canaryFailed") ? SomeUsersNot : Interrupted,
        RunOutcome.Failed => run.Diagnostics.Any(d => d.Code == TenantQuarantine.DiagnosticCode) ? Quarantined : Error,
        RunOutcome.Running => Interrupted,
    };

    /// <summary>Of a command that ended before its work.</summary>
    public static int From(FailureKind kind) => kind switch
    {
        FailureKind.Error => Error,
        FailureKind.NothingToDo => Done,
        FailureKind.Blocked => Blocked,
        FailureKind.UserNotHandled => SomeUsersNot,
        FailureKind.Stale => AllStale,
        FailureKind.Busy => TenantHeld,
        FailureKind.Quarantined => Quarantined,
    };

    private static bool HasProblem(Summary summary) =>
        summary.Invalid + summary.NotFound + summary.NotRead + summary.HeldNotStanding > 0;
}
