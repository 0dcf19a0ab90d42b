using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>
/// What an answer to a write means (docs/safety.md#outcomes). Where an answer does not settle it, reading does: after
/// 1, 3, 9 and 27 seconds, and once more when nothing can land any more.
/// </summary>
internal sealed class WriteOutcomeResolver(UserPlanner reader, TimeProvider time, ExecutorSettings settings)
{
    public static Diagnostic NotUnique { get; } = Diagnostic.Warning("smsSignInNotUnique",
        "The number was saved, but another user already signs in by SMS with it, so SMS sign-in stays off for this user. "
        + "Find the other user if this one is to sign in by SMS.");

    /// <summary>Whether a conditional operation has nothing to do; null when it must be sent.</summary>
    public async ValueTask<OperationResult?> IsAlreadySoAsync(UserExecutionState work, int index, CancellationToken stop, CancellationToken cancellation)
    {
        Operation operation = work.Approved[index];
        switch (operation)
        {
            case Operation.SwitchSmsSignIn when WrittenMobile(work) is { } number:
                // The service may have switched by itself when it saved the number (law 6), so look at the number as saved.
                CurrentMethods? seen = await WaitForAsync(work, m => m.Mobile.Holds(number), stop, cancellation);
                return seen is not null && ApprovedOperations.IsInPlace(operation, seen) ? AlreadySo(work, index) : null;
            case Operation.Prefer { Reason: Reason.DefaultMayMove } prefer:
                DefaultMethod now = await reader.ReadDefaultAsync(work, cancellation);
                return now.Is(prefer.Method) ? AlreadySo(work, index) : null;
            default:
                return null;
        }
    }

    /// <summary>What became of a sent operation; null when it stays ambiguous, or the wait for the truth was cut short.</summary>
    /// <param name="work">The user.</param>
    /// <param name="index">The operation.</param>
    /// <param name="answer">What came back.</param>
    /// <param name="again">Whether it was sent before and no one knew what became of that, so that a refusal may be of its own effect.</param>
    /// <param name="stop">Asked to stop.</param>
    /// <param name="cancellation">Give up at once.</param>
    public async ValueTask<OperationResult?> JudgeAsync(
        UserExecutionState work, int index, WriteAnswer answer, bool again, CancellationToken stop, CancellationToken cancellation)
    {
        switch (answer)
        {
            case WriteAnswer.Accepted:
                // A reset that was followed to its end was seen to succeed; nothing else can show it.
                bool followed = work.Approved[index] is Operation.ResetPassword { Request.Route: PasswordRoute.ResetOperation };
                return new OperationResult(work.Approved[index], OperationOutcome.Done, answer.SentAt, followed ? time.GetUtcNow() : null);
            case WriteAnswer.NotSent notSent:
                return new OperationResult(work.Approved[index], OperationOutcome.Failed, Error: OperationError.From(notSent.Error));
            case WriteAnswer.Refused refused:
                return await RefusedAsync(work, index, refused, again, stop, cancellation);
            case WriteAnswer.Ambiguous ambiguous:
                return await AmbiguousAsync(work, index, ambiguous, stop, cancellation);
            default:
                throw new InvalidOperationException($"An answer is of an unknown kind: {answer.GetType().Name}.");
        }
    }

    /// <summary>Waits until nothing that has no known end can land any more. False when asked to stop before.</summary>
    public async ValueTask<bool> WaitForOpenAsync(UserExecutionState work, CancellationToken stop, CancellationToken cancellation) =>
        work.LastOpenSending is not { } latest || await LastLookAsync(latest, stop, cancellation);

    /// <summary>
    /// Reads the user, again after each pause while the state does not show what was done before. The last reading, shown or
    /// not; null when asked to stop before it was shown.
    /// </summary>
    public async ValueTask<MethodsReading?> ReadAfterWritesAsync(UserExecutionState work, CancellationToken stop, CancellationToken cancellation) =>
        work.AnythingSent ? await WaitForReadingAsync(work, work.IsShown, stop, cancellation) : await reader.ReadAsync(work, cancellation);

    private async ValueTask<OperationResult?> RefusedAsync(
        UserExecutionState work, int index, WriteAnswer.Refused refused, bool again, CancellationToken stop, CancellationToken cancellation)
    {
        Operation operation = work.Approved[index];
        bool deletes = operation.Action == OperationAction.Delete;
        if (operation.Action == OperationAction.Add && refused.Error.Kind is ErrorKind.Refused or ErrorKind.InvalidValue
            && await IsThereAsync(work, operation, cancellation))
        {
            // What the service says to an add where something is already is not known (docs/graph.md#error-catalogue), so only a read shows it.
            return There();
        }

        bool mayBeThere = again || (refused.Error.Kind is ErrorKind.NumberNotUnique or ErrorKind.AlreadyExists
            && ApprovedOperations.IsShownByMethods(operation)) || (deletes && refused.Error.Kind == ErrorKind.NotFound);
        OperationResult failed = new(operation, OperationOutcome.Failed, refused.SentAt, Error: OperationError.From(refused.Error));
        if (!mayBeThere) return failed;
        if (operation is Operation.Prefer prefer)
        {
            // The methods do not show the default: it is read by itself, and what cannot be read settles nothing.
            DefaultMethod now = await WaitForDefaultAsync(work, prefer.Method, work.LatestSending(index), stop, cancellation);
            return now.Is(prefer.Method) ? new OperationResult(operation, OperationOutcome.Done, refused.SentAt, time.GetUtcNow())
                : now.Knowledge == DefaultMethodKnowledge.Unreadable ? null : failed;
        }

        MethodsReading? reading = await LookForAsync(work, index, stop, cancellation);
        if (reading is null or MethodsReading.Failed) return null;
        if (reading is not MethodsReading.Complete complete || !Shows(work, operation, complete.Methods)) return failed;
        if (refused.Error.Kind == ErrorKind.NumberNotUnique)
        {
            work.Warn(NotUnique);
        }

        return There();

        // A membership that was refused because it is there is someone else's, and no undo may take it away, unless an earlier request may have made it.
        OperationResult There() => operation is Operation.AddMember && !again
            ? new(operation, OperationOutcome.Skipped, refused.SentAt,
                Error: new OperationError(ExecutionCodes.AlreadySo, "Refused: someone else had put the user into the group meanwhile."))
            : new(operation, OperationOutcome.Done, refused.SentAt, time.GetUtcNow());
    }

    private async ValueTask<OperationResult?> AmbiguousAsync(
        UserExecutionState work, int index, WriteAnswer.Ambiguous ambiguous, CancellationToken stop, CancellationToken cancellation)
    {
        Operation operation = work.Approved[index];
        work.NoteDoubt(index, ambiguous.Error);
        // No reading shows whether a password was set, or whose pass it is that stands there.
        if (ApprovedOperations.IsOnce(operation)) return null;
        if (operation is Operation.Prefer prefer)
        {
            DefaultMethod now = await WaitForDefaultAsync(work, prefer.Method, work.LatestSending(index), stop, cancellation);
            return now.Is(prefer.Method) ? Landed() : null;
        }

        bool seen = await LookForAsync(work, index, stop, cancellation) is MethodsReading.Complete complete && Shows(work, operation, complete.Methods);
        return seen ? Landed() : null;

        OperationResult Landed() => new(operation, OperationOutcome.Done, ambiguous.SentAt, time.GetUtcNow());
    }

    /// <summary>Reads after each pause, and once more when nothing can land any more, until the
    /// effect shows; the last reading, or null when asked to stop before.</summary>
    private async ValueTask<MethodsReading?> LookForAsync(UserExecutionState work, int index, CancellationToken stop, CancellationToken cancellation)
    {
        Operation operation = work.Approved[index];
        MethodsReading? reading = await WaitForReadingAsync(work, m => Shows(work, operation, m), stop, cancellation);
        if (reading is null or MethodsReading.NoUser
            || (reading is MethodsReading.Complete complete && Shows(work, operation, complete.Methods))) return reading;
        return await LastLookAsync(work.LatestSending(index), stop, cancellation) ? await reader.ReadAsync(work, cancellation) : null;
    }

    private async ValueTask<bool> IsThereAsync(UserExecutionState work, Operation operation, CancellationToken cancellation) =>
        await reader.ReadAsync(work, cancellation) is MethodsReading.Complete complete && Shows(work, operation, complete.Methods);

    /// <summary>An effect is seen only in a state that shows what was done before it: an older one may look the same by chance.</summary>
    private static bool Shows(UserExecutionState work, Operation operation, CurrentMethods current) =>
        work.IsShown(current) && ApprovedOperations.IsInPlace(operation, current);

    /// <summary>Waits until the request's time-out has passed since it was sent. False when asked to stop before.</summary>
    private async ValueTask<bool> LastLookAsync(long leftAt, CancellationToken stop, CancellationToken cancellation)
    {
        TimeSpan rest = settings.RequestTimeout - time.GetElapsedTime(leftAt);
        return rest <= TimeSpan.Zero || await Pause.ForAsync(rest, time, stop, cancellation);
    }

    private async ValueTask<DefaultMethod> WaitForDefaultAsync(UserExecutionState work, PreferredMethod wanted,
        long leftAt, CancellationToken stop, CancellationToken cancellation)
    {
        foreach (TimeSpan pause in settings.ReadBackPauses)
        {
            if (!await Pause.ForAsync(pause, time, stop, cancellation)) return DefaultMethod.Unreadable;
            DefaultMethod now = await reader.ReadDefaultAsync(work, cancellation);
            if (now.Is(wanted)) return now;
        }

        return await LastLookAsync(leftAt, stop, cancellation) ? await reader.ReadDefaultAsync(work, cancellation) : DefaultMethod.Unreadable;
    }

    private async ValueTask<CurrentMethods?> WaitForAsync(UserExecutionState work, Func<CurrentMethods, bool> there,
        CancellationToken stop, CancellationToken cancellation) =>
        await WaitForReadingAsync(work, there, stop, cancellation) is MethodsReading.Complete complete && there(complete.Methods) ? complete.Methods : null;

    /// <summary>Reads at once and after each pause until the condition holds; the last reading, or null when asked to stop before it held.</summary>
    private async ValueTask<MethodsReading?> WaitForReadingAsync(UserExecutionState work, Func<CurrentMethods, bool> there,
        CancellationToken stop, CancellationToken cancellation)
    {
        MethodsReading reading = await reader.ReadAsync(work, cancellation);
        foreach (TimeSpan pause in settings.ReadBackPauses)
        {
            if (reading is MethodsReading.NoUser || (reading is MethodsReading.Complete complete && there(complete.Methods))) break;
            if (!await Pause.ForAsync(pause, time, stop, cancellation)) return null;
            reading = await reader.ReadAsync(work, cancellation);
        }

        return reading;
    }

    private static PhoneNumber? WrittenMobile(UserExecutionState work)
    {
        for (int i = 0; i < work.Approved.Length; i++)
        {
            if (work.Result(i) is not { Outcome: OperationOutcome.Done }) continue;
            if (work.Approved[i] is Operation.AddPhone { Slot: ServiceRules.SmsSignInSlot } add) return add.Number;
            if (work.Approved[i] is Operation.UpdatePhone { Slot: ServiceRules.SmsSignInSlot } update) return update.Number;
        }

        return null;
    }

    /// <summary>What may have been sent before an interruption, and is so, counts as done by us.</summary>
    private OperationResult AlreadySo(UserExecutionState work, int index) => work.HasOpenIntent(index)
        ? new(work.Approved[index], OperationOutcome.Done, work.SentAt(index), time.GetUtcNow())
        : new(work.Approved[index], OperationOutcome.Skipped,
            Error: new OperationError(ExecutionCodes.AlreadySo, "Not sent: the service had already done it."));
}
