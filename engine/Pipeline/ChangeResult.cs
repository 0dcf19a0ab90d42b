using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>What a change of one user came to. A closed family.</summary>
public abstract record ChangeResult
{
    private ChangeResult()
    {
    }

    /// <summary>What was written down; null where nothing was tried.</summary>
    public ChangeRecord? Written => this switch
    {
        Done done => done.Record,
        PartlyDone partly => partly.Record,
        Unknown unknown => unknown.Record,
        Cut cut => cut.Record,
        _ => null,
    };

    /// <summary>The tenant already is so; nothing was written down.</summary>
    /// <param name="Plan">The empty plan; its user is null when nobody had to look the account up.</param>
    /// <param name="Now">What was read.</param>
    public sealed record NothingToDo(PlannedUser Plan, CurrentMethods Now) : ChangeResult;

    /// <summary>A dry run: what would be done, or held.</summary>
    /// <param name="Head">The plan's head, with limits and verdict.</param>
    /// <param name="Plan">The plan.</param>
    /// <param name="Refusal">Which window would refuse it now; null for none.</param>
    public sealed record Planned(PlanHead Head, PlannedUser Plan, WindowRefusal? Refusal) : ChangeResult;

    /// <summary>Everything is done, nothing is held.</summary>
    public sealed record Done(ChangeRecord Record) : ChangeResult;

    /// <summary>Something is done or was tried, something failed, was skipped or is held.</summary>
    public sealed record PartlyDone(ChangeRecord Record) : ChangeResult;

    /// <summary>Of at least one request nobody knows what became of it. A repeat is safe.</summary>
    public sealed record Unknown(ChangeRecord Record) : ChangeResult;

    /// <summary>The process had to end, or lost the user's lock, before all was sent: what was
    /// sent is known, the rest was not. A repeat does the rest.</summary>
    public sealed record Cut(ChangeRecord Record) : ChangeResult;

    /// <summary>Nothing is to be done but what a policy or a protection forbids (<see cref="Planning.UserPlan.Held"/>).</summary>
    public sealed record Held(PlannedUser Plan, CurrentMethods Now) : ChangeResult;

    /// <summary><c>RequireApproval</c> asks for a second person; nothing was written.</summary>
    /// <param name="Plan">What would have been done.</param>
    /// <param name="Diagnostic">Why it is refused, and what to do instead.</param>
    public sealed record ApprovalMissing(PlannedUser Plan, Diagnostic Diagnostic) : ChangeResult;

    /// <summary>A limit over time; nothing was written.</summary>
    public sealed record OverLimit(PlannedUser Plan, WindowRefusal Refusal, CurrentMethods Now) : ChangeResult;

    /// <summary>The user is not as the caller demands; nothing was written.</summary>
    /// <param name="Now">What was read.</param>
    /// <param name="Why">What does not hold.</param>
    public sealed record ConditionFailed(CurrentMethods Now, UnmetCondition Why) : ChangeResult;

    /// <summary>The tenant knows no such user.</summary>
    public sealed record NotFound(Diagnostic Diagnostic) : ChangeResult;

    /// <summary>Not read, or not completely: no plan is made on a guess.</summary>
    public sealed record NotRead(ServiceError Error) : ChangeResult;

    /// <summary>What is wanted is impossible or not understood.</summary>
    public sealed record Invalid(ImmutableArray<Diagnostic> Diagnostics) : ChangeResult;

    /// <summary>Another holder has this user, or a request of one that is gone may still arrive; nothing was written.</summary>
    /// <param name="Holder">Who.</param>
    /// <param name="RetryAfter">What is left of their lock, at least a second; a holder that is still at work then has renewed it.</param>
    public sealed record Busy(string Holder, TimeSpan RetryAfter) : ChangeResult
    {
        /// <summary>Who has the user and for how long, as a sentence for people.</summary>
        public string Message => string.Create(CultureInfo.InvariantCulture,
            $"Another change holds this user ('{Holder}'), or was interrupted and its last request may still arrive: ")
            + string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(RetryAfter.TotalSeconds):0} s more, unless it goes on.");
    }
}

/// <summary>A change that was written down as a run of one user.</summary>
/// <param name="Run">The run's head as it ended.</param>
/// <param name="Plan">What was planned.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Now">The state read afterwards; null when that failed.</param>
public sealed record ChangeRecord(RunHead Run, PlannedUser Plan, UserResult Result, CurrentMethods? Now);
