using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Reconciliation;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>One user's approved operations, on their way through one or more passes. Only one pass works on it at a time.</summary>
public sealed class UserWork
{
    private readonly OperationResult?[] _results;
    private readonly bool[] _openIntents;
    private readonly DateTimeOffset?[] _sentAt;
    private readonly List<Diagnostic> _diagnostics = [];

    public UserWork(string runId, PlannedUser planned, PlanningPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(planned);
        RunId = runId;
        Planned = planned;
        Policy = policy;
        Uid = planned.User?.Uid ?? throw new ArgumentException("Only users that were found can be worked on.", nameof(planned));
        _results = new OperationResult?[planned.Plan.Operations.Length];
        _openIntents = new bool[planned.Plan.Operations.Length];
        _sentAt = new DateTimeOffset?[planned.Plan.Operations.Length];
        Holds = planned.Plan.Held.Aggregate(Holds.None, (h, part) => h.WithPart(part.Part, new HoldReason(part.Code, part.Standing, part.Message)));
    }

    public string RunId { get; }

    public string Uid { get; }

    public PlannedUser Planned { get; }

    public PlanningPolicy Policy { get; }

    /// <summary>What must not be touched: everything that the plan holds, and parts that failed since.</summary>
    public Holds Holds { get; internal set; }

    /// <summary>What a person saw and approved.</summary>
    public ImmutableArray<Operation> Approved => Planned.Plan.Operations;

    /// <summary>Something ambiguous happened: the user is to be planned anew and sent once more at the end of the run.</summary>
    public bool IsDeferred { get; internal set; }

    /// <summary>Whether anything was sent for this user in this run.</summary>
    public bool AnythingSent { get; internal set; }

    public bool IsStale { get; internal set; }

    /// <summary>Whether it is known of every operation what became of it.</summary>
    public bool IsSettled => Array.TrueForAll(_results, r => r is not null);

    internal bool Verified { get; set; }

    internal int? MethodsNow { get; set; }

    /// <summary>Deletes that a later read showed to have happened.</summary>
    internal HashSet<int> SeenGone { get; } = [];

    /// <summary>Takes over what is known from before an interruption.</summary>
    public void Recall(int index, OperationResult result) => _results[index] = result;

    /// <summary>An intent without outcome was found: the operation may have been applied.</summary>
    public void RecallIntent(int index)
    {
        _openIntents[index] = true;
        AnythingSent = true;
    }

    public bool HasOpenIntent(int index) => _openIntents[index];

    public OperationResult? Result(int index) => _results[index];

    internal void Settle(int index, OperationResult result)
    {
        _results[index] = result;
        _openIntents[index] = false;
    }

    /// <summary>When the last request for an operation left; null when none did.</summary>
    public DateTimeOffset? SentAt(int index) => _sentAt[index];

    internal void MarkSent(int index)
    {
        _openIntents[index] = true;
        AnythingSent = true;
    }

    internal void MarkAnswered(int index, DateTimeOffset sentAt) => _sentAt[index] = sentAt;

    /// <summary>Whether a later operation on the same slot was done, so that this one's effect is no longer to be seen.</summary>
    internal bool IsOverwritten(int index)
    {
        if (SlotOf(Approved[index]) is not { } slot) return false;
        for (int later = index + 1; later < Approved.Length; later++)
        {
            if (SlotOf(Approved[later]) == slot && _results[later] is { Outcome: OperationOutcome.Done }) return true;
        }

        return false;
    }

    internal static PhoneType? SlotOf(Operation operation) => operation switch
    {
        Operation.AddPhone add => add.Slot,
        Operation.UpdatePhone update => update.Slot,
        Operation.DeletePhone delete => delete.Slot,
        _ => null,
    };

    internal void Warn(Diagnostic diagnostic)
    {
        if (!_diagnostics.Contains(diagnostic)) _diagnostics.Add(diagnostic);
    }

    /// <summary>The user's result; operations that nobody settled were not started.</summary>
    public UserResult ToResult() => new()
    {
        Operations =
        [
            .. Approved.Select((operation, i) => _results[i] ?? new OperationResult(operation, OperationOutcome.Skipped,
                Error: new OperationError(ExecutionCodes.NotStarted, "The run was stopped before this operation was sent. Resume the run to go on."))),
        ],
        Verified = Verified,
        Diagnostics = [.. _diagnostics],
        Stale = IsStale,
        MethodsNow = MethodsNow,
    };
}
