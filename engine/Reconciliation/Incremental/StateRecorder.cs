using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Reconciliation;

/// <summary>
/// Writes down what a run verified, some hundred users at a time: while it plans, users who are equal; when it has ended, users who are done
/// and verified with nothing held. Everybody else whom the run had to do with is unsettled, so that the next run reads him. Users may come
/// from several flights at once.
/// </summary>
public sealed class StateRecorder(
    IVerifiedStates states, StateDigests digests, TimeProvider time, string tenantId, PlanningPolicy policy, GuardrailLimits limits)
{
    private const int BatchSize = 500;
    private readonly StateDigest _rules = digests.Rules(policy, limits);
    private readonly Lock _gate = new();
    private readonly ImmutableArray<VerifiedState>.Builder _settled = ImmutableArray.CreateBuilder<VerifiedState>(BatchSize);
    private readonly ImmutableArray<string>.Builder _unsettled = ImmutableArray.CreateBuilder<string>(BatchSize);

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

    /// <summary>A plan that was made and saved before is about to be executed: its users are unsettled until the end of the run.</summary>
    public async Task BeginAsync(IAsyncEnumerable<PlannedUser> users, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(users);
        await foreach (PlannedUser user in users.WithCancellation(cancellation))
        {
            if (user.User is { } account) await UnsettleAsync(account.Uid, cancellation);
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
            if (planned.Current is { } before && planned.Plan.Held.IsEmpty && user.Result is { Outcome: UserOutcome.Done, Verified: true } result && Own(result) is { } own)
            {
                await SettleAsync(State(planned, account.Uid, AfterOperations.Of(before, result.Operations), own.From) with { Own = own }, cancellation);
            }
            else
            {
                await UnsettleAsync(account.Uid, cancellation);
            }
        }

        await FlushAsync(cancellation);
    }

    /// <summary>Writes down what is still waiting.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        ImmutableArray<VerifiedState> settled;
        ImmutableArray<string> unsettled;
        lock (_gate) (settled, unsettled) = (_settled.DrainToImmutable(), _unsettled.DrainToImmutable());
        if (!settled.IsEmpty) await states.SaveAsync(tenantId, settled, cancellation);
        if (!unsettled.IsEmpty) await states.UnsettleAsync(tenantId, unsettled, cancellation);
    }

    /// <summary>Null when nothing was sent: then nobody can say since when the user has been so.</summary>
    private static OwnWrites? Own(UserResult result)
    {
        DateTimeOffset? from = result.Operations.Min(o => o.SentAt);
        DateTimeOffset? until = result.Operations.Max(o => o.VerifiedAt ?? o.SentAt);
        return from is { } first && until is { } last ? new OwnWrites(first, last) : null;
    }

    private VerifiedState State(PlannedUser user, string uid, CurrentMethods current, DateTimeOffset at) =>
        new(uid, digests.Row(user.Row.Desired), _rules, MethodPresences.Of(current), at) { Parts = digests.Parts(user.Row.Desired, current) };

    private async ValueTask SettleAsync(VerifiedState state, CancellationToken cancellation)
    {
        ImmutableArray<VerifiedState> full;
        lock (_gate)
        {
            _settled.Add(state);
            if (_settled.Count < BatchSize) return;
            full = _settled.DrainToImmutable();
            _settled.Capacity = BatchSize;
        }

        await states.SaveAsync(tenantId, full, cancellation);
    }

    private async ValueTask UnsettleAsync(string uid, CancellationToken cancellation)
    {
        ImmutableArray<string> full;
        lock (_gate)
        {
            _unsettled.Add(uid);
            if (_unsettled.Count < BatchSize) return;
            full = _unsettled.DrainToImmutable();
            _unsettled.Capacity = BatchSize;
        }

        await states.UnsettleAsync(tenantId, full, cancellation);
    }
}
