using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Actions;

/// <summary>
/// Issues a pass and sees to it that none is left that no one is proved to have (docs/retirement.md#rescue). Before a pass is issued the hand-over
/// is written down; only when it is proved it stops being something to take back. Whatever happens in between, <see cref="TakeBackAsync"/> deletes it.
/// </summary>
/// <param name="runs">The only way to change the tenant.</param>
/// <param name="handOvers">Remembers what is on its way.</param>
/// <param name="tenantId">The tenant.</param>
/// <param name="time">The clock.</param>
public sealed class PassRescue(RunPipeline runs, IHandOvers handOvers, string tenantId, TimeProvider time)
{
    public const string Name = PlanOrigin.Action.Rescue;

    /// <summary>Issues a pass for one use and hands it over.</summary>
    /// <param name="handOver">As it begins.</param>
    /// <param name="how">Actor, reason and the like; its work is replaced.</param>
    /// <param name="consent">Asks before anything is sent.</param>
    /// <param name="hand">Shows the pass, once; true when the person has it.</param>
    /// <param name="cancellation">Stops; what was issued is taken back later.</param>
    public async Task<RescueResult> IssueAsync(
        HandOver handOver, RunRequest how, IConsent consent, Func<RunResult.Changed, SecretEnvelope, ValueTask<bool>> hand, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(handOver);
        ArgumentNullException.ThrowIfNull(how);
        ArgumentNullException.ThrowIfNull(hand);
        SecretEnvelope envelope = new();
        WrittenDown begun = new(consent, token => handOvers.KeepAsync(tenantId, handOver, time.GetUtcNow(), token));
        RunResult result = await runs.RunAsync(how with { Work = new RunWork.Change(Issue(handOver, envelope)) }, begun, cancellation);
        if (!begun.IsDone) return new RescueResult.NotIssued(result, null);
        if (result is not RunResult.Changed changed || !IsIssued(changed))
        {
            return new RescueResult.NotIssued(result, await TakeBackAsync(handOver, how, IsSettled(result), CancellationToken.None));
        }

        HandOver issued = handOver with { PassId = Issued(handOver, changed.Record.Now) };
        await handOvers.KeepAsync(tenantId, issued, time.GetUtcNow(), CancellationToken.None);
        if (!await hand(changed, envelope)) return new RescueResult.NotHandedOver(await TakeBackAsync(issued, how, settled: true, CancellationToken.None));
        await handOvers.KeepAsync(tenantId, issued with { IsProved = true }, time.GetUtcNow(), CancellationToken.None);
        return new RescueResult.HandedOver(changed);
    }

    /// <summary>Takes back all passes of which it is not proved that someone has them.</summary>
    /// <param name="how">Actor, reason and the like; its work is replaced.</param>
    /// <param name="cancellation">Stops between two people.</param>
    public async Task<ImmutableArray<TakenBack>> ResumeAsync(RunRequest how, CancellationToken cancellation)
    {
        ImmutableArray<TakenBack>.Builder all = ImmutableArray.CreateBuilder<TakenBack>();
        foreach (HandOver open in (await handOvers.AllAsync(tenantId, cancellation)).Where(static one => !one.IsProved))
        {
            all.Add(await TakeBackAsync(open, how, settled: false, cancellation));
        }

        return all.ToImmutable();
    }

    /// <param name="open">A hand-over that is not proved.</param>
    /// <param name="how">Actor, reason and the like.</param>
    /// <param name="settled">Whether no request of it can arrive any more.</param>
    /// <param name="cancellation">Stops.</param>
    private async Task<TakenBack> TakeBackAsync(HandOver open, RunRequest how, bool settled, CancellationToken cancellation)
    {
        RunRequest back = how with
        {
            Work = new RunWork.Change(Removal(open)),
            Allow = [],
            Reason = "a pass that is not proved to be handed over is taken back",
            // Also from people who are protected: a pass that no one can be proved to have protects no one.
            Allowances = Allowances.None with { ProtectedUsers = Allowances.None.ProtectedUsers.Add(open.Uid) },
        };
        RunResult result = await runs.RunAsync(back, GivenConsent.Instance, cancellation);
        TakenBackHow outcome = result switch
        {
            RunResult.Done => TakenBackHow.Deleted,
            // Nothing there: for good only when nothing can arrive any more, or it would have ended anyway.
            RunResult.NothingToDo or RunResult.NotFound => settled || time.GetUtcNow() >= open.BegunAt + HandOver.MayLand
                ? TakenBackHow.NothingLeft : TakenBackHow.TooEarly,
            _ => TakenBackHow.Failed,
        };
        if (outcome is TakenBackHow.Deleted or TakenBackHow.NothingLeft) await handOvers.ForgetAsync(tenantId, open.Id, CancellationToken.None);
        return new TakenBack(open, outcome, result);
    }

    private static UserChange Issue(HandOver handOver, SecretEnvelope envelope) => new()
    {
        User = new UserKey(UserKeyKind.Name, handOver.Uid), UserText = handOver.User, Origin = new PlanOrigin.Action(Name), Envelope = envelope,
        Desired = now => ActionDesires.For(new UserAction.IssuePass(new PassRequest(handOver.Minutes, true)), now, MethodPolicies.NotRead),
        // Whose passes are replaced was decided from what was read before; others end it.
        Condition = now => Passes(now).ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(handOver.Before) ? null : UnmetCondition.Moved,
    };

    private static UserChange Removal(HandOver open) => new()
    {
        User = new UserKey(UserKeyKind.Name, open.Uid), UserText = open.User, Origin = new PlanOrigin.Action(Name), TakesBack = true,
        Desired = now =>
        {
            ImmutableArray<string> unproved = open.Unproved(Passes(now));
            return new DesiredChange.Valid(new DesiredMethods
            {
                Removals = unproved.IsEmpty ? [] : [new Removal(MethodKind.TemporaryAccessPass, unproved)],
            });
        },
    };

    private static IEnumerable<string> Passes(CurrentMethods now) =>
        now.Others.Where(static method => method.Kind == MethodKind.TemporaryAccessPass).Select(static method => method.Id);

    private static string? Issued(HandOver handOver, CurrentMethods? now) =>
        now is null ? null : Passes(now).Except(handOver.Before, StringComparer.OrdinalIgnoreCase).ToArray() is [var one] ? one : null;

    private static bool IsIssued(RunResult.Changed changed) => changed.Record.Result.Operations.Any(static operation =>
        operation is { Operation: Operation.IssuePass, Outcome: OperationOutcome.Done });

    /// <summary>Whether it is known what became of the request that issues, if one was sent.</summary>
    private static bool IsSettled(RunResult result) => result is not (RunResult.Unknown or RunResult.Cut or RunResult.Busy)
        && (result is not RunResult.Changed changed || changed.Record.Result.Operations.All(static operation => operation.Outcome != OperationOutcome.Unknown));

    /// <summary>Writes the hand-over down when everything agreed, just before anything is sent.</summary>
    private sealed class WrittenDown(IConsent consent, Func<CancellationToken, ValueTask> write) : IConsent
    {
        public bool IsDone { get; private set; }

        public async ValueTask AskAsync(PreparedRun run, CancellationToken cancellation)
        {
            if (IsDone) return;
            await consent.AskAsync(run, cancellation);
            await write(CancellationToken.None);
            IsDone = true;
        }
    }
}

/// <summary>What became of a rescue.</summary>
public abstract record RescueResult
{
    private RescueResult()
    {
    }

    /// <summary>The person has the pass.</summary>
    public sealed record HandedOver(RunResult.Changed Run) : RescueResult;

    /// <summary>It was issued and shown, and the person does not have it.</summary>
    public sealed record NotHandedOver(TakenBack TakenBack) : RescueResult;

    /// <summary>No pass is known to have been issued.</summary>
    /// <param name="Run">Why.</param>
    /// <param name="TakenBack">What was done about a pass that may have been issued; null: nothing was sent.</param>
    public sealed record NotIssued(RunResult Run, TakenBack? TakenBack) : RescueResult;
}

/// <summary>What became of a pass that no one is proved to have.</summary>
/// <param name="HandOver">Whose.</param>
/// <param name="How">What became of it.</param>
/// <param name="Run">What the deletion came to.</param>
public sealed record TakenBack(HandOver HandOver, TakenBackHow How, RunResult Run);

/// <summary>How a pass was taken back.</summary>
public enum TakenBackHow
{
    Deleted,

    /// <summary>There is none.</summary>
    NothingLeft,

    /// <summary>There is none yet, and the request that issues it may still arrive.</summary>
    TooEarly,

    /// <summary>It may still be there.</summary>
    Failed,
}
