using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>One user's approved operations, on their way through one or more passes. Only one pass works on it at a time.</summary>
public sealed class UserExecutionState
{
    private readonly OperationResult?[] _results;
    private readonly Sending[] _sendings;
    private readonly ServiceError?[] _doubts;
    private readonly string?[] _requests;
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<int> _putOff = [];
    private readonly SortedSet<int> _amended = [];

    /// <param name="authority">The right to write to this user.</param>
    /// <param name="planned">The user as planned.</param>
    /// <param name="policy">The plan's policy.</param>
    /// <exception cref="ArgumentException">The authority is another user's.</exception>
    public UserExecutionState(WriteAuthority authority, PlannedUser planned, PlanningPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(planned);
        (Authority, Planned, Policy, Move) = (authority, planned, policy, new UserMove(planned));
        if (planned.User?.Uid != authority.Uid) throw new ArgumentException("The authority to write is another user's.", nameof(authority));
        _results = new OperationResult?[planned.Plan.Operations.Length];
        _sendings = new Sending[planned.Plan.Operations.Length];
        _doubts = new ServiceError?[planned.Plan.Operations.Length];
        _requests = new string?[planned.Plan.Operations.Length];
        Holds = planned.Plan.Held.Aggregate(Holds.None, (h, part) => h.WithPart(part.Part, new HoldReason(part.Code, part.Standing, part.Message)));
    }

    internal WriteAuthority Authority { get; }

    /// <summary>The user's part in moves of numbers between users.</summary>
    internal UserMove Move { get; }

    public string RunId => Authority.RunId;

    public string Uid => Authority.Uid;

    public PlannedUser Planned { get; }

    public PlanningPolicy Policy { get; }

    /// <summary>What to do when it is left before its end.</summary>
    public string GoOn { get; init; } = "Resume the run to continue.";

    /// <summary>Whether a later part of the run can go on with the user: then a read without a connection or a token settles nothing.</summary>
    public bool CanBeResumed { get; init; }

    /// <summary>What must not be touched: everything that the plan holds, and parts that failed since.</summary>
    public Holds Holds { get; private set; }

    /// <summary>What a person saw and approved.</summary>
    public ImmutableArray<Operation> Approved => Planned.Plan.Operations;

    /// <summary>Something ambiguous or passing happened: the user is to be planned anew and sent once more at the end of the run.</summary>
    public bool IsDeferred { get; internal set; }

    /// <summary>The tenant could not be reached to the end of the run: the user is left to a later part of it.</summary>
    internal bool IsLeft { get; set; }

    /// <summary>Whether anything was sent for this user in this run.</summary>
    public bool AnythingSent { get; private set; }

    /// <summary>Nothing was sent, because the tenant moved since the plan.</summary>
    public bool IsStale => !AnythingSent && Array.Exists(_results, r => r?.Error?.Code == ExecutionCodes.Stale);

    /// <summary>Whether it is known of every operation what became of it.</summary>
    public bool IsSettled => Array.TrueForAll(_results, r => r is not null);

    /// <summary>Whether an operation failed or is unknown, so that parts are held since.</summary>
    internal bool HasFailed { get; private set; }

    internal bool Verified { get; set; }

    /// <summary>Called when the first write was answered: someone else may begin.</summary>
    internal Action OnFirstAnswer { get; set; } = static () => { };

    /// <summary>Receives what every read shows of the way to the tenant; null: the tenant itself answered.</summary>
    internal Action<ServiceError?> OnRead { get; set; } = static _ => { };

    /// <summary>As <see cref="OnRead"/>, of every write.</summary>
    internal Action<ServiceError?> OnWrite { get; set; } = static _ => { };

    /// <summary>Whether nothing has reached the tenant for several users in a row: then what is
    /// in doubt, or never left, stays open for a later part of the run.</summary>
    internal Func<bool> IsWayBlocked { get; set; } = static () => false;

    /// <summary>False when the last read of the pass failed.</summary>
    internal bool CanBeRead { get; set; } = true;

    internal int? MethodsNow { get; set; }

    /// <summary>What this user's answers say of the credential.</summary>
    internal CredentialSign Credential { get; private set; }

    /// <summary>Deletes that a later read showed to have happened.</summary>
    internal HashSet<int> SeenGone { get; } = [];

    /// <summary>The latest monotonic time at which a request whose end is not known may have left; null when there is none.</summary>
    internal long? LastOpenSending => _sendings.Where(s => s.IsOpen).Select(s => (long?)s.Latest).Max();

    /// <summary>Whether a request to set the default method has no known end.</summary>
    internal bool AwaitsDefault => Enumerable.Range(0, Approved.Length).Any(i => Approved[i] is Operation.Prefer && HasOpenIntent(i));

    /// <summary>Whether we added, or may have added, a phone in this run.</summary>
    internal bool AddedPhone => Enumerable.Range(0, Approved.Length)
        .Any(i => Approved[i] is Operation.AddPhone && (HasOpenIntent(i) || _results[i] is { Outcome: OperationOutcome.Done }));

    /// <summary>Takes over what is known from before an interruption, a sign-in that may be lost included, in the order of the operations.</summary>
    public void Recall(int index, OperationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Settle(index, result);
        Move.Recall(result);
        AnythingSent |= result.Outcome is OperationOutcome.Done or OperationOutcome.Unknown || result.SentAt is not null;
    }

    /// <summary>An intent without outcome was found: the operation may have been applied, or still be on its way.</summary>
    /// <param name="index">Position of the operation.</param>
    /// <param name="latest">The latest monotonic time at which the request may have left.</param>
    public void RecallIntent(int index, long latest) => MarkSent(index, latest);

    /// <summary>Whether a request left, or may have left, and no one knows what became of it.</summary>
    public bool HasOpenIntent(int index) => _sendings[index].IsOpen;

    public OperationResult? Result(int index) => _results[index];

    /// <summary>When the last request for an operation left; null when none did, or when it is not known.</summary>
    public DateTimeOffset? SentAt(int index) => _sendings[index].At;

    /// <summary>The service's id of the last request for an operation.</summary>
    internal string? RequestId(int index) => _requests[index];

    internal void NoteRequest(int index, string? requestId) => _requests[index] = requestId ?? _requests[index];

    /// <summary>Writes down what became of an operation; what failed holds its part from now on.</summary>
    internal void Settle(int index, OperationResult result)
    {
        _results[index] = result;
        _sendings[index] = _sendings[index] with { IsOpen = false };
        bool withheld = result.Error?.Code is ExecutionCodes.NumberNotFreed or ExecutionCodes.HeldNow;
        if (withheld || result.Outcome is OperationOutcome.Failed or OperationOutcome.Unknown) HoldAfter(Approved[index]);
    }

    /// <summary>A later read showed another outcome than the one that was written down.</summary>
    internal void Amend(int index, OperationResult result)
    {
        Settle(index, result);
        _amended.Add(index);
    }

    /// <summary>Operations whose outcome has to be written down once more; each is given once.</summary>
    internal ImmutableArray<int> TakeAmended()
    {
        ImmutableArray<int> amended = [.. _amended];
        _amended.Clear();
        return amended;
    }

    /// <summary>Before a request leaves. True when it left before and no one knows what became of it.</summary>
    internal bool MarkSent(int index, long now)
    {
        bool again = _sendings[index].IsOpen;
        _sendings[index] = _sendings[index] with { IsOpen = true, Latest = now };
        AnythingSent = true;
        Move.Observe(Approved[index]);
        return again;
    }

    /// <summary>The last answer that settled nothing; null when none came, or it is not known any more.</summary>
    internal ServiceError? Doubt(int index) => _doubts[index];

    internal void NoteDoubt(int index, ServiceError error) => _doubts[index] = error;

    /// <summary>The latest monotonic time at which the last request for an operation may have left.</summary>
    internal long LatestSending(int index) => _sendings[index].Latest;

    internal void MarkAnswered(int index, DateTimeOffset sentAt, long leftAt) => _sendings[index] = _sendings[index] with { At = sentAt, Latest = leftAt };

    /// <summary>Notes what an answer says of the credential; null for an accepted write.</summary>
    internal void NoteAnswer(ErrorKind? refusal)
    {
        CredentialSign sign = refusal switch
        {
            ErrorKind.Unauthenticated => CredentialSign.Unauthenticated,
            ErrorKind.Forbidden => CredentialSign.Forbidden,
            _ => CredentialSign.Works,
        };
        if (sign == CredentialSign.Works || Credential == CredentialSign.None) Credential = sign;
    }

    /// <summary>
    /// Puts off an operation that was refused because of others that are still to go: it is sent once more after them. False when that is
    /// no help, or was tried.
    /// </summary>
    internal bool PutOff(int index)
    {
        if (Planned.Row.Desired.Clearing == Clearing.None || !_putOff.Add(index)) return false;
        MarkNotSent(index);
        return true;
    }

    /// <summary>It is certain that the last request did not leave, or was refused, and none before it is open.</summary>
    internal void MarkNotSent(int index) => _sendings[index] = default;

    /// <summary>The last request of an operation never left, and a later part of the run sends it.</summary>
    internal OperationResult Leave(int index)
    {
        MarkNotSent(index);
        return NotStarted(Approved[index]);
    }

    /// <summary>The user's first request was withdrawn before it left.</summary>
    internal OperationResult Withdraw(int index)
    {
        AnythingSent = false;
        return Leave(index);
    }

    private OperationResult NotStarted(Operation operation) => new(operation, OperationOutcome.Skipped, Error: new OperationError(
        ExecutionCodes.NotStarted, $"Stopped before this operation was sent. {GoOn}"));

    /// <summary>
    /// Whether a state shows every phone, e-mail and removal that was done. A state that does not is older than our writes,
    /// or someone undid them: no ground to plan on, because the user may have fewer methods than it shows.
    /// </summary>
    internal bool IsShown(CurrentMethods current)
    {
        for (int i = 0; i < Approved.Length; i++)
        {
            bool shows = ApprovedOperations.IsShownByMethods(Approved[i]);
            if (shows && _results[i] is { Outcome: OperationOutcome.Done } && !IsOverwritten(i)
                && !ApprovedOperations.IsInPlace(Approved[i], current)) return false;
        }

        return true;
    }

    /// <summary>Whether a state shows all that was done, and the effect of every request whose end is not known.</summary>
    internal bool IsCertain(CurrentMethods current) =>
        IsShown(current) && Enumerable.Range(0, Approved.Length).All(i => !HasOpenIntent(i) || ApprovedOperations.IsInPlace(Approved[i], current));

    /// <summary>Whether a later operation that changes the same was, or may have been, applied, so that this one's effect is no longer to be seen.</summary>
    internal bool IsOverwritten(int index)
    {
        for (int later = index + 1; later < Approved.Length; later++)
        {
            bool applied = HasOpenIntent(later) || _results[later] is { Outcome: OperationOutcome.Done or OperationOutcome.Unknown };
            if (applied && ApprovedOperations.Overwrites(Approved[later], Approved[index])) return true;
        }

        return false;
    }

    internal void Warn(Diagnostic diagnostic)
    {
        if (!_diagnostics.Contains(diagnostic)) _diagnostics.Add(diagnostic);
    }

    /// <summary>The user's result; operations that no one settled were not started.</summary>
    public UserResult ToResult() => new()
    {
        Operations = [.. Approved.Select((operation, i) => _results[i] ?? NotStarted(operation))],
        Verified = Verified && Array.TrueForAll(_results, r => r is { CountsAsDone: true }),
        Diagnostics = Move.IsLost ? [UserMove.Lost, .. _diagnostics.Where(d => d.Code != WriteOutcomeResolver.NotUnique.Code)] : [.. _diagnostics],
        LostSmsSignIn = Move.IsLost,
        Stale = IsStale,
        MethodsNow = MethodsNow,
    };

    /// <summary>
    /// The part that failed is left as it is. When it is the phones, methods to sign in with are not taken away either:
    /// make before break (docs/design.md#laws-of-the-planner, law 3).
    /// </summary>
    private void HoldAfter(Operation failed)
    {
        HasFailed = true;
        HoldReason reason = new(ExecutionCodes.EarlierFailed, false, "An earlier operation of this user failed.");
        Holds = Holds.WithPart(failed.Part, reason);
        // Who is to be left without methods is not protected by those that stay.
        if (failed.Part != Part.Phones || Planned.Row.Desired.Clearing != Clearing.None) return;
        foreach (Operation.RemoveMethod removal in Approved.OfType<Operation.RemoveMethod>().Where(r => r.Method.Kind.IsUsable()))
        {
            Holds = Holds.WithPart(removal.Part, reason);
        }
    }

    /// <summary>What is known of the requests for one operation.</summary>
    /// <param name="IsOpen">One left, or may have left, and its end is not known.</param>
    /// <param name="At">When the last one left.</param>
    /// <param name="Latest">The latest monotonic time at which the open one may have left.</param>
    private readonly record struct Sending(bool IsOpen, DateTimeOffset? At, long Latest);
}
