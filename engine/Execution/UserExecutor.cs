using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>
/// Executes one user's approved operations, level-triggered: read, plan from what is there now, send only what was
/// approved, one write at a time, read back. It decides nothing: what to do comes from the plan, what an answer means
/// from <see cref="WriteOutcomeResolver"/>.
/// </summary>
public sealed class UserExecutor(
    IMethodsReader reader, IMethodsWriter writer, IRunJournal journal, TimeProvider time, ExecutorSettings settings)
{
    /// <summary>Asked before each write; null: the fresh read of the user's methods is enough.</summary>
    public IWriteCheck? Check { get; init; }

    private readonly UserPlanner _fresh = new(reader);
    private readonly WriteOutcomeResolver _rules = new(new UserPlanner(reader), time, settings);
    private readonly Verification _verification = new(new UserPlanner(reader), time, settings);

    /// <summary>
    /// Works on a user until everything approved is settled, or something ambiguous happened and the user is
    /// <see cref="UserExecutionState.IsDeferred"/> to the end of the run.
    /// </summary>
    /// <param name="work">The user; results are kept in it.</param>
    /// <param name="lastPass">Whether this is the end of the run: what is ambiguous now stays unknown.</param>
    /// <param name="signals">A user to whom nothing was sent is left at the first, one who has begun at the second.</param>
    /// <param name="cancellation">Give up at once.</param>
    public async ValueTask ExecuteAsync(UserExecutionState work, bool lastPass, EndSignals signals, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        work.IsDeferred = false;
        work.IsLeft = false;
        work.Move.Begin();
        foreach ((int index, OperationResult withheld) in RemainingOperations.Withheld(work)) await SettleAsync(work, index, withheld, cancellation);
        if (!work.IsSettled) await WorkOffAsync(work, lastPass, signals, cancellation);
        if (work.IsDeferred || !work.IsSettled) return;
        work.Verified = !work.AnythingSent && !work.IsStale && work.MethodsNow is not null;
        if (work.AnythingSent && work.CanBeRead && !await _verification.VerifyAsync(work, signals.For(work), cancellation)) return;
        foreach (int index in work.TakeAmended())
        {
            if (work.Result(index) is { } amended) await journal.OutcomeAsync(work.RunId, work.Uid, index, amended, cancellation);
        }

        await journal.UserAsync(work.RunId, work.Uid, work.ToResult(), cancellation);
    }

    private async ValueTask WorkOffAsync(UserExecutionState work, bool lastPass, EndSignals signals, CancellationToken cancellation)
    {
        if (lastPass && !await _rules.WaitForOpenAsync(work, signals.For(work), cancellation)) return;
        while (true)
        {
            MethodsReading? reading = await _rules.ReadAfterWritesAsync(work, signals.For(work), cancellation);
            if (reading is null) return;
            if (reading is not MethodsReading.Complete complete)
            {
                await NoStateAsync(work, Problem(reading), lastPass, cancellation);
                return;
            }

            // What may still be on its way, or is not shown yet, is looked at again at the end of the run.
            if (!lastPass && !work.IsCertain(complete.Methods))
            {
                work.IsDeferred = true;
                return;
            }

            if (await RoundAsync(work, complete.Methods, lastPass, signals, cancellation)) return;
        }
    }

    /// <summary>Plans from a state and sends what is approved of it; true when there is nothing more to do in this pass.</summary>
    private async ValueTask<bool> RoundAsync(UserExecutionState work, CurrentMethods current, bool lastPass, EndSignals signals, CancellationToken cancellation)
    {
        (UserPlan plan, CurrentMethods known) = await _fresh.PlanAsync(work, current, cancellation);
        work.MethodsNow = known.UsableCount;
        bool asksDefault = known.Default.Knowledge == DefaultMethodKnowledge.NotRead && work.AwaitsDefault;
        if (asksDefault) known = known with { Default = await _fresh.ReadDefaultAsync(work, cancellation) };
        RemainingOperations agenda = RemainingOperations.From(work, plan, known);
        foreach ((int index, OperationResult result) in agenda.Settled) await SettleAsync(work, index, result, cancellation);
        List<int> todo = [.. agenda.Todo];
        for (int at = 0; at < todo.Count; at++)
        {
            int index = todo[at];
            if (work.Move.Parks(work.Approved[index])) return true;
            if (signals.For(work).IsCancellationRequested) return true;
            bool last = at == todo.Count - 1;
            OperationResult? result = await StepAsync(work, index, lastPass, signals, cancellation);
            if (work.IsLeft || (lastPass && result is null && work.IsWayBlocked())) return true;
            if (!last && result is { Outcome: OperationOutcome.Failed, Error.WaitsForOthers: true } && work.PutOff(index))
            {
                todo.Add(index);
                continue;
            }

            if (result is null && (!lastPass || signals.For(work).IsCancellationRequested))
            {
                work.IsDeferred = true;
                return true;
            }

            result ??= RemainingOperations.Unanswered(work, index);
            await SettleAsync(work, index, result, cancellation);
            // What failed holds its part: plan what is left around it, from what is really there.
            if (!result.CountsAsDone) return false;
        }

        return true;
    }

    /// <summary>Sends one operation and finds out what became of it; null when there is no
    /// trustworthy answer, or it is worth another try at the end of the run.</summary>
    private async ValueTask<OperationResult?> StepAsync(UserExecutionState work, int index, bool lastPass, EndSignals signals, CancellationToken cancellation)
    {
        Operation operation = work.Approved[index];
        if (work.HasOpenIntent(index) && ApprovedOperations.IsOnce(operation)) return RemainingOperations.Unanswered(work, index);
        if (await _rules.IsAlreadySoAsync(work, index, signals.For(work), cancellation) is { } already) return already;
        if (signals.For(work).IsCancellationRequested) return null;
        if (Check is not null && await Check.HoldAsync(work.Uid, operation, cancellation) is { } hold) return RemainingOperations.HeldNow(work, index, hold);
        bool begun = work.AnythingSent;
        await journal.IntentAsync(work.RunId, work.Uid, index, operation, time.GetUtcNow(), cancellation);
        Moment before = Moment.Now(time);
        bool again = work.MarkSent(index, before.Timestamp);
        WriteAnswer answer;
        try
        {
            // A user who has not begun is left at the first signal, one who has begun at the second; what may have been sent before is waited for.
            CancellationToken withdraw = again ? CancellationToken.None : begun ? signals.Cut : signals.Stop;
            answer = await SendAsync(work, operation, withdraw, cancellation);
        }
        catch (LeaseLostException)
        {
            // Another run has taken the tenant over, and with it this user.
            if (!again) work.MarkNotSent(index);
            return null;
        }
        catch (SendWithdrawnException)
        {
            // The intent is closed, so that anyone who goes on has nothing to wait for.
            OperationResult left = begun ? work.Leave(index) : work.Withdraw(index);
            await journal.OutcomeAsync(work.RunId, work.Uid, index, left, cancellation);
            return null;
        }

        work.OnFirstAnswer();
        work.OnWrite(ErrorOf(answer));
        NoteCredential(work, answer);
        work.NoteRequest(index, RequestIdOf(answer));
        if (NotApplied(operation, answer) is { } problem)
        {
            if (lastPass && problem.Error.Kind == ErrorKind.NoConnection && work.IsWayBlocked())
            {
                work.IsLeft = true;
                if (!again) await journal.OutcomeAsync(work.RunId, work.Uid, index, work.Leave(index), cancellation);
                return null;
            }

            if (!again) work.MarkNotSent(index);
            return again || (!lastPass && problem.Passes)
                ? null : new OperationResult(operation, OperationOutcome.Failed, Error: OperationError.From(problem.Error));
        }

        work.MarkAnswered(index, answer.SentAt, before.TimestampOf(answer.SentAt, time));
        return await _rules.JudgeAsync(work, index, answer, again, signals.For(work), cancellation);
    }

    /// <summary>
    /// Answers that are certain to have changed nothing and that time may fix: no connection, throttled to the end, a user
    /// whom the copy that answered does not know yet (docs/safety.md#outcomes). Null for all others.
    /// </summary>
    private static (ServiceError Error, bool Passes)? NotApplied(Operation operation, WriteAnswer answer) => answer switch
    {
        WriteAnswer.NotSent notSent => (notSent.Error, notSent.Error.Kind.IsPassing()),
        WriteAnswer.Refused { Error.Kind: ErrorKind.Throttled } throttled => (throttled.Error, true),
        WriteAnswer.Refused { Error.Kind: ErrorKind.NotFound } unknown when operation.Action == OperationAction.Add => (unknown.Error, true),
        _ => null,
    };

    /// <summary>Sends under the lock, which is looked at here and by the writer once more when the request is about to leave (docs/safety.md#locks).</summary>
    /// <exception cref="LeaseLostException">Another run has taken the lock over: nothing was sent.</exception>
    /// <exception cref="StoreException">The lock has to be renewed and the store does not work: nothing was sent.</exception>
    /// <exception cref="SendWithdrawnException">The signal came while the request waited for its turn: nothing was sent.</exception>
    private async ValueTask<WriteAnswer> SendAsync(UserExecutionState work, Operation operation, CancellationToken withdraw, CancellationToken cancellation)
    {
        WriteAuthority authority = work.Authority.WithdrawnBy(withdraw);
        while (true)
        {
            await authority.EnsureAsync(cancellation);
            try
            {
                WriteAnswer answer = await writer.SendAsync(authority, operation, cancellation);
                if (answer is WriteAnswer.Ambiguous) authority.NoteDoubt(answer.SentAt);
                return answer;
            }
            catch (SendBarredException)
            {
                // It waited so long for quota and token that the lock has to be renewed first.
            }
        }
    }

    private static string? RequestIdOf(WriteAnswer answer) => answer is WriteAnswer.Accepted accepted ? accepted.RequestId : ErrorOf(answer)?.RequestId;

    private static ServiceError? ErrorOf(WriteAnswer answer) => answer switch
    {
        WriteAnswer.Accepted => null,
        WriteAnswer.Refused refused => refused.Error,
        WriteAnswer.Ambiguous ambiguous => ambiguous.Error,
        WriteAnswer.NotSent notSent => notSent.Error,
        _ => throw new InvalidOperationException($"An answer is of an unknown kind: {answer.GetType().Name}."),
    };

    private static void NoteCredential(UserExecutionState work, WriteAnswer answer)
    {
        switch (answer)
        {
            case WriteAnswer.Accepted:
                work.NoteAnswer(null);
                break;
            case WriteAnswer.Refused refused:
                work.NoteAnswer(refused.Error.Kind);
                break;
            case WriteAnswer.NotSent { Error.Kind: ErrorKind.Unauthenticated or ErrorKind.Forbidden } notSent:
                work.NoteAnswer(notSent.Error.Kind);
                break;
        }
    }

    private async ValueTask SettleAsync(UserExecutionState work, int index, OperationResult settled, CancellationToken cancellation)
    {
        OperationResult result = settled with { RequestId = work.RequestId(index) };
        work.Settle(index, result);
        await journal.OutcomeAsync(work.RunId, work.Uid, index, result, cancellation);
    }

    /// <summary>The user cannot be read, so nothing can be decided: later, or not at all.</summary>
    private async ValueTask NoStateAsync(UserExecutionState work, ServiceError error, bool lastPass, CancellationToken cancellation)
    {
        if (!lastPass && error.Kind.IsPassing())
        {
            work.IsDeferred = true;
            return;
        }

        // Neither the users nor the tenant have to do with it: a later part of the run reads them.
        if (work.CanBeResumed && error.Kind == ErrorKind.NoConnection) return;
        if (error.Kind is ErrorKind.Unauthenticated or ErrorKind.Forbidden) work.NoteAnswer(error.Kind);
        work.CanBeRead = false;
        work.MethodsNow = null;
        for (int i = 0; i < work.Approved.Length; i++)
        {
            if (work.Result(i) is not null) continue;
            OperationResult result = work.HasOpenIntent(i) ? RemainingOperations.Unanswered(work, i)
                : work.HasFailed ? RemainingOperations.EarlierFailed(work, i)
                : new OperationResult(work.Approved[i], OperationOutcome.Skipped, Error: OperationError.From(error));
            await SettleAsync(work, i, result, cancellation);
        }
    }

    private static ServiceError Problem(MethodsReading reading) => reading switch
    {
        MethodsReading.NoUser none => none.Error,
        MethodsReading.Failed failed => failed.Error,
        _ => throw new InvalidOperationException("A complete reading is not an error."),
    };
}
