using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>What a request came to. A closed family; callers turn it into text and exit code, a CREST answer or a problem document.</summary>
public abstract record RunResult
{
    private RunResult()
    {
    }

    /// <summary>The tenant already is as wanted; nothing was written down.</summary>
    /// <param name="Plan">The empty plan; its user is null where the account did not have to be looked up.</param>
    /// <param name="Now">What was read.</param>
    public sealed record NothingToDo(PlannedUser Plan, CurrentMethods Now) : RunResult;

    /// <summary>A dry run of a change of one user: what would be done, or held.</summary>
    /// <param name="Head">The plan's head, with limits and verdicts.</param>
    /// <param name="Plan">The plan.</param>
    /// <param name="Refusal">The limit over time that would refuse it now; null for none.</param>
    public sealed record Planned(PlanHeader Head, PlannedUser Plan, WindowRefusal? Refusal) : RunResult;

    /// <summary>It was executed and written down.</summary>
    /// <param name="Run">The run's head as it ended.</param>
    public abstract record Finished(RunHeader Run) : RunResult
    {
        /// <summary>Why the second audit sink could not be written; null when it was.</summary>
        public string? EvidenceProblem { get; init; }
    }

    /// <summary>A run of many users ended; its outcome says how.</summary>
    public sealed record Ended(RunHeader Run) : Finished(Run);

    /// <summary>A change of one user was executed.</summary>
    /// <param name="Record">What became of it.</param>
    public abstract record Changed(ChangeRecord Record) : Finished(Record.Run);

    /// <summary>Everything is done, nothing is held.</summary>
    public sealed record Done(ChangeRecord Record) : Changed(Record);

    /// <summary>Something is done or was tried, something failed, was skipped or is held.</summary>
    public sealed record PartlyDone(ChangeRecord Record) : Changed(Record);

    /// <summary>The outcome of at least one request is not known. A repeat is safe.</summary>
    public sealed record Unknown(ChangeRecord Record) : Changed(Record);

    /// <summary>The process had to end, or lost the user's lock, before all was sent: what was sent is known, the rest
    /// was not. A repeat does the rest.</summary>
    public sealed record Cut(ChangeRecord Record) : Changed(Record);

    /// <summary>A safeguard refused it; nothing was written to the tenant.</summary>
    /// <param name="Cause">Which one.</param>
    /// <param name="Why">Each reason.</param>
    public sealed record Blocked(BlockCause Cause, ImmutableArray<Diagnostic> Why) : RunResult
    {
        /// <summary>What to do; empty where the reasons say it.</summary>
        public string Advice { get; init; } = string.Empty;

        /// <summary>The blocked run as written down; null where none was.</summary>
        public RunHeader? Run { get; init; }

        /// <summary>What would have been done to one user; null for many, or where it is not known.</summary>
        public PlannedUser? User { get; init; }

        /// <summary>As of <see cref="Finished"/>.</summary>
        public string? EvidenceProblem { get; init; }
    }

    /// <summary>Nothing is to be done but what a policy or a protection forbids (<see cref="Planning.UserPlan.Held"/>).</summary>
    public sealed record Held(PlannedUser Plan, CurrentMethods Now) : RunResult;

    /// <summary>A limit over time; nothing was written.</summary>
    public sealed record OverLimit(PlannedUser Plan, WindowRefusal Refusal, CurrentMethods Now) : RunResult;

    /// <summary>The user is not as the caller demands; nothing was written.</summary>
    /// <param name="Now">What was read.</param>
    /// <param name="Why">What does not hold.</param>
    public sealed record ConditionFailed(CurrentMethods Now, UnmetCondition Why) : RunResult;

    /// <summary>The tenant knows no such user.</summary>
    public sealed record NotFound(Diagnostic Diagnostic) : RunResult;

    /// <summary>Not read, or not completely: no plan is made on a guess.</summary>
    public sealed record NotRead(ServiceError Error) : RunResult;

    /// <summary>What is wanted is impossible or not understood.</summary>
    public sealed record Invalid(ImmutableArray<Diagnostic> Diagnostics) : RunResult;

    /// <summary>Another holder has the tenant or the user, or a request of one that is gone may still arrive; nothing was written.</summary>
    /// <param name="Holder">Who.</param>
    /// <param name="RetryAfter">What is left of their lock, at least a second; a holder that is still at work then has renewed it.</param>
    public sealed record Busy(string Holder, TimeSpan RetryAfter) : RunResult
    {
        /// <summary>Who has it and for how long, as a sentence for people.</summary>
        public string Message { get; init; } = string.Create(CultureInfo.InvariantCulture,
            $"Another change holds this user ('{Holder}'), or was interrupted and its last request may still arrive: ")
            + string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(RetryAfter.TotalSeconds):0} s more, unless it goes on.");

        /// <summary>What to do; empty for one user.</summary>
        public string Advice { get; init; } = string.Empty;
    }
}

/// <summary>Which safeguard refused a run.</summary>
public enum BlockCause
{
    /// <summary>A limit of the plan.</summary>
    Guardrail,

    /// <summary>Users who are protected, or an entry of <c>Protected</c> that protects no user.</summary>
    Protection,

    /// <summary>The approval of a second person is missing.</summary>
    Approval,

    /// <summary>The caller lacks rights that operations of the plan need.</summary>
    Rights,

    /// <summary>The tenant is quarantined.</summary>
    Quarantine,

    /// <summary>The store does not know the tenant.</summary>
    NewStore,

    /// <summary>The second audit sink cannot be written.</summary>
    Evidence,
}

/// <summary>A change that was written down as a run of one user.</summary>
/// <param name="Run">The run's head as it ended.</param>
/// <param name="Plan">What was planned.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Now">The state read afterwards; null when that failed.</param>
public sealed record ChangeRecord(RunHeader Run, PlannedUser Plan, UserResult Result, CurrentMethods? Now);
