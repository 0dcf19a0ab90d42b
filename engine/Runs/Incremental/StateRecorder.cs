using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Memory;

namespace ProvisioningConnector.Engine.Runs.Incremental;

/// <summary>
/// Writes down what a run verified, some hundred users at a time: while it plans, users who are equal; when it has ended, users who are done
/// and verified with nothing held. Every other user of the run is unsettled, so that the next run reads them; of users with
/// something held, the values that are as the row wants them are remembered all the same, and since when they are held.
/// Users may come from several flights at once.
/// </summary>
public sealed class StateRecorder(
    IVerifiedStates states, StateDigests digests, TimeProvider time, string tenantId, PlanningPolicy policy, GuardrailLimits limits)
{
    private const int BatchSize = 500;
    private readonly StateDigest _rules = digests.Rules(policy, limits);
    private readonly BatchBuffer<VerifiedState> _settled = new(BatchSize);
    private readonly BatchBuffer<VerifiedState> _merged = new(BatchSize);
    private readonly BatchBuffer<string> _unsettled = new(BatchSize);
    private readonly BatchBuffer<AttemptedUser> _attempted = new(BatchSize);

    /// <summary>When the plan of the run was begun: what it read cannot be older. Null: values of users with something held are not remembered.</summary>
    public DateTimeOffset? PlannedAt { get; init; }

    /// <summary>Whether rows speak of some values only, as in an undo, so that everything else that was known stays.</summary>
    public bool IsPartial { get; init; }

    /// <summary>To be asked for just before a read.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>A user was planned. One who is equal without having been read says nothing new.</summary>
    /// <param name="user">The user.</param>
    /// <param name="readAt">Just before the read.</param>
    /// <param name="cancellation">Stops.</param>
    public ValueTask PlannedAsync(PlannedUser user, DateTimeOffset readAt, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.User is not { } account) return ValueTask.CompletedTask;
        if (user.Plan.Situation != Situation.Equal) return UnsettleAsync(account.Uid, cancellation);
        return user.Current is { } current ? SettleAsync(State(user, account.Uid, current, readAt), cancellation) : ValueTask.CompletedTask;
    }

    /// <summary>A plan is about to be executed: its users are unsettled until the end of the run, and what it writes shows nothing about drift.</summary>
    public async Task BeginAsync(IAsyncEnumerable<PlannedUser> users, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(users);
        await foreach (PlannedUser user in users.WithCancellation(cancellation))
        {
            if (user.User is not { } account) continue;
            if (_attempted.Add(new AttemptedUser(account.Uid, AttemptedValues.From(user.Plan))) is { } full) await states.AttemptAsync(tenantId,
                full, cancellation);
        }

        await FlushAsync(cancellation);
    }

    /// <summary>What became of a run's users, as far as it is known.</summary>
    public async Task RunAsync(IAsyncEnumerable<RunUser> users, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(users);
        await foreach (RunUser user in users.WithCancellation(cancellation))
        {
            if (user.Planned is not { User: { } account } planned || planned.Plan.Situation == Situation.Equal) continue;
            if (planned.Current is not { } before || Seen(user, before) is not { } seen) await UnsettleAsync(account.Uid, cancellation);
            else await SeenAsync(planned, account.Uid, seen, cancellation);
        }

        await FlushAsync(cancellation);
    }

    /// <summary>Writes down what is still waiting.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_settled.Drain() is { } settled) await states.SaveAsync(tenantId, settled, cancellation);
        if (_merged.Drain() is { } merged) await MergeAsync(merged, cancellation);
        if (_attempted.Drain() is { } attempted) await states.AttemptAsync(tenantId, attempted, cancellation);
        if (_unsettled.Drain() is { } unsettled) await states.UnsettleAsync(tenantId, unsettled, cancellation);
    }

    /// <summary>What the user has at the end of the run; null where that is not certain.</summary>
    private Seen? Seen(RunUser user, CurrentMethods before)
    {
        if (user.Result is { Outcome: UserOutcome.Done, Verified: true } result
            && Own(result) is { } own) return new Seen(AfterOperations.Apply(before, result.Operations), own.From, own);
        return user.Planned.Plan.Operations.IsEmpty && PlannedAt is { } planned ? new Seen(before, planned, null) : null;
    }

    private async ValueTask SeenAsync(PlannedUser planned, string uid, Seen seen, CancellationToken cancellation)
    {
        bool settled = planned.Plan.Held.IsEmpty;
        VerifiedState state = State(planned, uid, seen.Methods, seen.At) with
        {
            Own = seen.Own,
            IsSettled = settled,
            TakesName = seen.Own is not null,
            Held = IsPartial ? default : HeldMemory.From(planned, seen.At),
        };
        if (settled && !IsPartial) await SettleAsync(state, cancellation);
        else if (_merged.Add(state with { Parts = StateMerge.InPlace(state.Parts, planned.Row.Desired, seen.Methods) }) is { } full) await MergeAsync(full,
            cancellation);
    }

    /// <summary>Null when nothing was sent: then no one can say since when the user has been so.</summary>
    private static OwnWrites? Own(UserResult result)
    {
        DateTimeOffset? from = result.Operations.Min(o => o.SentAt);
        DateTimeOffset? until = result.Operations.Max(o => o.VerifiedAt ?? o.SentAt);
        return from is { } first && until is { } last ? new OwnWrites(first, last) : null;
    }

    private VerifiedState State(PlannedUser user, string uid, CurrentMethods current, DateTimeOffset at) =>
        new(uid, digests.Row(user.Row.Desired), _rules, MethodPresences.From(current), at)
        {
            Parts = digests.Parts(user.Row.Desired, current, at), Name = user.Row.NameOf(uid),
        };

    private async ValueTask MergeAsync(ImmutableArray<VerifiedState> merged, CancellationToken cancellation)
    {
        ImmutableDictionary<string, VerifiedState> known = await states.FindAsync(tenantId, [.. merged.Select(s => s.Uid)], cancellation);
        await states.SaveAsync(tenantId, [.. merged.Select(s => StateMerge.Merge(s, known.GetValueOrDefault(s.Uid)))], cancellation);
    }

    private async ValueTask SettleAsync(VerifiedState state, CancellationToken cancellation)
    {
        if (_settled.Add(state) is { } full) await states.SaveAsync(tenantId, full, cancellation);
    }

    private async ValueTask UnsettleAsync(string uid, CancellationToken cancellation)
    {
        if (_unsettled.Add(uid) is { } full) await states.UnsettleAsync(tenantId, full, cancellation);
    }
}

/// <summary>What a user had at some time.</summary>
/// <param name="Methods">The methods.</param>
/// <param name="At">When, at the earliest.</param>
/// <param name="Own">Our writes that led to it; null when there were none.</param>
internal sealed record Seen(CurrentMethods Methods, DateTimeOffset At, OwnWrites? Own);
