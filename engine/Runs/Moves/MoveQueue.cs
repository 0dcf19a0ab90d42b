using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Moves;

/// <summary>
/// The users of a pass who wait for one another, in waves: a user begins when the one they wait for has freed the number, or is at their end. Users who
/// hang together begin together or not at all, and who has begun is finished with the others. They are few, so they lie in memory.
/// </summary>
internal sealed class MoveQueue
{
    private readonly Dictionary<string, MovingUser> _users = new(StringComparer.OrdinalIgnoreCase);
    private bool _isGrouped;

    /// <summary>Whether all users of the run were added.</summary>
    public bool IsComplete { get; set; }

    public void Add(RunUser user)
    {
        if (user.Planned.User is { } account) _users[account.Uid] = new MovingUser(user);
    }

    /// <summary>The next wave; empty when no one can go on in this pass.</summary>
    /// <param name="room">How many further users may begin; null: any number.</param>
    /// <param name="isStopping">No further group may begin.</param>
    /// <param name="isFirst">No one has begun yet in this canary: then the first group begins even where it has more users than there is room for.</param>
    public ImmutableArray<MovingUser> Next(long? room, bool isStopping, bool isFirst = false)
    {
        Group();
        ImmutableArray<MovingUser>.Builder wave = ImmutableArray.CreateBuilder<MovingUser>();
        foreach (MovingUser user in _users.Values.OrderBy(u => u.User.Planned.Row.Ordinal))
        {
            if (!user.IsWaiting || !IsReady(user)) continue;
            MoveGroup group = user.Group ?? throw new InvalidOperationException("A user without a group.");
            if (!group.HasBegun)
            {
                if (isStopping || !group.IsComplete || (group.Open > room && !isFirst)) continue;
                group.HasBegun = true;
                room -= group.Open;
                isFirst = false;
            }

            wave.Add(user);
        }

        return wave.ToImmutable();
    }

    /// <summary>A wave has landed.</summary>
    public static void Landed(ImmutableArray<MovingUser> wave)
    {
        foreach (MovingUser user in wave) user.IsWaiting = user.Work is { Move.IsParked: true, IsSettled: false };
    }

    private bool IsReady(MovingUser user)
    {
        bool isWithheld = false;
        foreach (MovePartner partner in user.Move.WaitsFor)
        {
            MovingUser? before = _users.GetValueOrDefault(partner.Uid);
            bool isMet = before is not null && (partner.HasNumber ? before.HasFreed() : before.EndedWell());
            bool isOver = before is null ? IsComplete : before.IsSettled || before.CannotFree;
            if (!isMet && !isOver) return user.FreesFirst;
            isWithheld |= partner.IsRequired && !isMet;
        }

        user.Released(isWithheld);
        return true;
    }

    private void Group()
    {
        if (_isGrouped) return;
        _isGrouped = true;
        foreach (MovingUser user in _users.Values)
        {
            MoveGroup group = user.Group ??= new MoveGroup([user]);
            foreach (MovePartner partner in user.Move.WaitsFor)
            {
                if (_users.TryGetValue(partner.Uid, out MovingUser? before)) (user.Group ?? group).Join(before.Group ??= new MoveGroup([before]));
                else if (!IsComplete) group.IsComplete = false;
            }
        }
    }
}

/// <summary>Users who wait for one another.</summary>
internal sealed class MoveGroup(List<MovingUser> users)
{
    private readonly List<MovingUser> _users = users;

    /// <summary>Whether all of them are known.</summary>
    public bool IsComplete { get; set; } = true;

    public bool HasBegun { get; set; }

    /// <summary>How many have not ended yet.</summary>
    public long Open => _users.Count(u => !u.IsSettled);

    public void Join(MoveGroup other)
    {
        if (ReferenceEquals(this, other)) return;
        (MoveGroup large, MoveGroup small) = _users.Count < other._users.Count ? (other, this) : (this, other);
        foreach (MovingUser user in small._users) user.Group = large;
        large._users.AddRange(small._users);
        large.IsComplete &= small.IsComplete;
    }
}

/// <summary>One user who waits for others, or for whom others wait.</summary>
internal sealed class MovingUser(RunUser user)
{
    private bool _isReleased = user.Planned.Plan.Move is not { WaitsFor.IsEmpty: false };
    private bool _isWithheld;
    private bool _hasFreedFirst;

    public RunUser User => user;

    public NumberMove Move { get; } = user.Planned.Plan.Move ?? throw new ArgumentException("The user has no part in a move.", nameof(user));

    public MoveGroup? Group { get; set; }

    public UserExecutionState? Work { get; private set; }

    /// <summary>Whether the user still has something to do in this pass.</summary>
    public bool IsWaiting { get; set; } = user.Result is null;

    public bool IsSettled => user.Result is not null || Work is { IsSettled: true };

    /// <summary>The user as they are to be worked on now.</summary>
    /// <param name="begin">Makes the state when the user begins.</param>
    public UserExecutionState Begin(Func<RunUser, UserExecutionState> begin)
    {
        Work ??= begin(user);
        _hasFreedFirst = true;
        Work.Move.FreesOnly = !_isReleased;
        Work.Move.IsWithheld = _isWithheld;
        return Work;
    }

    /// <summary>The number to take is free, or will not be any more in this pass.</summary>
    public void Released(bool isWithheld) => (_isReleased, _isWithheld) = (true, isWithheld);

    /// <summary>Whether the user goes ahead, once, to free the own number before the other is free.</summary>
    public bool FreesFirst => Move.SignIn == SignInNeed.FreeFirst && !_hasFreedFirst;

    /// <summary>Whether the step that frees the own number failed: those who wait for it are held, and then this user is finished.</summary>
    public bool CannotFree => user.Planned.Plan.Operations.Select((operation, i) => (operation, i)).Any(o =>
        o.operation is Operation.SwitchSmsSignIn { On: false, Reason: Reason.FreesNumber } && ResultOf(o.i) is { CountsAsDone: false });

    /// <summary>Whether everything planned of the user is done.</summary>
    public bool EndedWell() => (user.Result ?? (Work is { IsSettled: true } work ? work.ToResult() : null)) is { Outcome: UserOutcome.Done };

    /// <summary>Whether the user no longer signs in with the number from before.</summary>
    public bool HasFreed()
    {
        ImmutableArray<Operation> operations = user.Planned.Plan.Operations;
        for (int i = 0; i < operations.Length; i++)
        {
            bool frees = operations[i] is Operation.SwitchSmsSignIn { On: false }
                or Operation.UpdatePhone { Slot: PhoneType.Mobile } or Operation.DeletePhone { Slot: PhoneType.Mobile };
            if (frees && ResultOf(i) is { CountsAsDone: true }) return true;
        }

        return false;
    }

    private OperationResult? ResultOf(int index) =>
        Work is not null ? Work.Result(index) : user.Result is { } result ? result.Operations[index] : user.Recorded.GetValueOrDefault(index);
}
