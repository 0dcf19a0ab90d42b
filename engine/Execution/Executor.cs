using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>
/// Executes one user's approved operations, level-triggered: read, plan from what is there now, send only what was
/// approved, one write at a time, read back. It decides nothing: what to do comes from the plan, what an answer means
/// from <see cref="AnswerRules"/>.
/// </summary>
public sealed class Executor(
    IMethodsReader reader, IMethodsWriter writer, IRunJournal journal, TimeProvider time, ExecutorSettings settings)
{
    private readonly FreshReader _fresh = new(reader);
    private readonly AnswerRules _rules = new(new FreshReader(reader), time, settings);
    private readonly Verification _verification = new(new FreshReader(reader), time, settings);

    /// <summary>
    /// Works on a user until everything approved is settled, or something ambiguous happened and the user is
    /// <see cref="UserWork.IsDeferred"/> to the end of the run.
    /// </summary>
    /// <param name="work">The user; results are kept in it.</param>
    /// <param name="lastPass">Whether this is the end of the run: what is ambiguous now stays unknown.</param>
    /// <param name="stop">Asked to stop: what is in flight is finished, waits are cut short.</param>
    /// <param name="cancellation">Give up at once.</param>
    public async ValueTask ExecuteAsync(UserWork work, bool lastPass, CancellationToken stop, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        work.IsDeferred = false;
        MethodsReading reading = await _fresh.ReadAsync(work, cancellation);
        if (reading is not MethodsReading.Complete complete)
        {
            await NoStateAsync(work, Trouble(reading), lastPass, cancellation);
            return;
        }

        await WorkOffAsync(work, complete.Methods, lastPass, stop, cancellation);
        if (work.IsDeferred || !work.IsSettled) return;
        if (work.AnythingSent) await _verification.VerifyAsync(work, stop, cancellation);
        else work.Verified = !work.IsStale;
        await journal.UserAsync(work.RunId, work.Uid, work.ToResult(), cancellation);
    }

    private async ValueTask WorkOffAsync(UserWork work, CurrentMethods current, bool lastPass, CancellationToken stop, CancellationToken cancellation)
    {
        bool mayDo = true;
        while (true)
        {
            (UserPlan plan, CurrentMethods known) = await _fresh.PlanAsync(work, current, cancellation);
            work.MethodsNow = known.UsableCount;
            Agenda agenda = Agenda.Of(work, plan, known);
            foreach ((int index, OperationResult result) in agenda.Settled) await SettleAsync(work, index, result, cancellation);
            if (agenda.Todo.IsEmpty || !mayDo) return;

            foreach (int index in agenda.Todo)
            {
                if (stop.IsCancellationRequested) return;
                OperationResult? result = await StepAsync(work, index, stop, cancellation);
                if (result is null && (!lastPass || stop.IsCancellationRequested))
                {
                    work.IsDeferred = true;
                    return;
                }

                result ??= Unanswered(work, index);
                await SettleAsync(work, index, result, cancellation);
                if (result.CountsAsDone) continue;

                // The part failed: plan what is left around it, from what is really there.
                work.Holds = work.Holds.WithPart(work.Approved[index].Part, new HoldReason(ExecutionCodes.EarlierFailed, false, "An earlier operation of this part failed."));
                break;
            }

            if (agenda.Todo.All(i => work.Result(i) is { CountsAsDone: true })) return;
            MethodsReading reading = await _fresh.ReadAsync(work, cancellation);
            mayDo = reading is MethodsReading.Complete;
            if (reading is MethodsReading.Complete again) current = again.Methods;
            else
            {
                await SkipRestAsync(work, cancellation);
                return;
            }
        }
    }

    /// <summary>Sends one operation and finds out what became of it; null when there is no trustworthy answer.</summary>
    private async ValueTask<OperationResult?> StepAsync(UserWork work, int index, CancellationToken stop, CancellationToken cancellation)
    {
        Operation operation = work.Approved[index];
        if (await _rules.IsAlreadySoAsync(work, index, stop, cancellation) is { } already) return already;
        await journal.IntentAsync(work.RunId, work.Uid, index, operation, time.GetUtcNow(), cancellation);
        work.MarkSent(index);
        WriteAnswer answer = await writer.SendAsync(work.Uid, operation, cancellation);
        work.MarkAnswered(index, answer.SentAt);
        return await _rules.JudgeAsync(work, index, answer, stop, cancellation);
    }

    private async ValueTask SettleAsync(UserWork work, int index, OperationResult result, CancellationToken cancellation)
    {
        work.Settle(index, result);
        await journal.OutcomeAsync(work.RunId, work.Uid, index, result, cancellation);
    }

    /// <summary>The user could not be read before anything could be decided.</summary>
    private async ValueTask NoStateAsync(UserWork work, ServiceError error, bool lastPass, CancellationToken cancellation)
    {
        if (!lastPass && error.Kind != ErrorKind.NotFound)
        {
            work.IsDeferred = true;
            return;
        }

        for (int i = 0; i < work.Approved.Length; i++)
        {
            if (work.Result(i) is not null) continue;
            OperationResult result = work.HasOpenIntent(i)
                ? Unanswered(work, i)
                : new OperationResult(work.Approved[i], OperationOutcome.Skipped, Error: OperationError.Of(error));
            await SettleAsync(work, i, result, cancellation);
        }

        work.MethodsNow = null;
        await journal.UserAsync(work.RunId, work.Uid, work.ToResult(), cancellation);
    }

    private async ValueTask SkipRestAsync(UserWork work, CancellationToken cancellation)
    {
        for (int i = 0; i < work.Approved.Length; i++)
        {
            if (work.Result(i) is null) await SettleAsync(work, i, Agenda.EarlierFailed(work.Approved[i]), cancellation);
        }
    }

    private static OperationResult Unanswered(UserWork work, int index) => new(work.Approved[index], OperationOutcome.Unknown, work.SentAt(index), Error: new OperationError(
        ExecutionCodes.NoTrustworthyAnswer,
        "The request left, no trustworthy answer came, and reading the user afterwards did not settle it. Run the plan again later: it shows what is really there."));

    private static ServiceError Trouble(MethodsReading reading) => reading switch
    {
        MethodsReading.NoUser none => none.Error,
        MethodsReading.Failed failed => failed.Error,
        _ => throw new InvalidOperationException("A complete reading is no trouble."),
    };
}
