using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Hosting;

namespace ProvisioningConnector.Facade.Http;

/// <summary>
/// A request is answered within <c>Facade:ReplyWithin</c>. Work that takes longer goes on, its caller gets 503 with <c>Retry-After</c>, and asking again is
/// safe; how it ended is logged. If the caller leaves before the answer, work that has not begun is cancelled.
/// </summary>
/// <param name="work">What stopping waits for.</param>
/// <param name="admission">How much may wait.</param>
/// <param name="settings">How long a caller waits.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Receives how work ended that outlasted its answer.</param>
internal sealed class ReplyDeadline(WorkInFlight work, Admission admission, FacadeSettings settings, TimeProvider time, ILogger<ReplyDeadline> log)
{
    /// <summary>Does work and gives its result.</summary>
    /// <param name="context">The request.</param>
    /// <param name="late">What its caller reads when it takes longer.</param>
    /// <param name="tenant">Name of the tenant that the work is about.</param>
    /// <param name="begin">The work. It waits until it says that it has begun; its token ends what has not begun, and the rest goes on.</param>
    /// <exception cref="FacadeRefusal">503: too much waits, it takes longer, or the process stops.</exception>
    public async Task<T> GiveAsync<T>(HttpContext context, LateReply late, string tenant, Func<WaitingWork, CancellationToken, Task<T>> begin)
    {
        Caller caller = context.Caller();
        WaitingWork waiting = admission.Enter(tenant, caller.Actor);
        try
        {
            return await GiveAsync(context, late, async cancellation =>
            {
                using (waiting) return await begin(waiting, cancellation);
            }, isApart: false);
        }
        catch (FacadeRefusal refusal) when (refusal.Word == FacadeRefusal.Stopping && !waiting.HasBegun)
        {
            throw FacadeRefusal.NotBegun();
        }
    }

    /// <summary>Waits for work that is done, tracked and logged elsewhere; only the waiting ends with the deadline.</summary>
    /// <param name="context">The request.</param>
    /// <param name="late">What its caller reads when it takes longer.</param>
    /// <param name="wait">Waits for the work; ends when its token is cancelled.</param>
    /// <exception cref="FacadeRefusal">503: it takes longer, or the process stops.</exception>
    public Task<T> AwaitAsync<T>(HttpContext context, LateReply late, Func<CancellationToken, Task<T>> wait) =>
        GiveAsync(context, late, wait, isApart: true);

    /// <summary>Waits until a task has ended (its result and its exception are its owner's), the time is over, the
    /// caller has left or the process gives up.</summary>
    public async Task UntilAsync(HttpContext context, Task ended, TimeSpan limit)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, work.GiveUp);
        await Task.WhenAny(ended, Task.Delay(limit, time, over.Token));
        await over.CancelAsync();
    }

    private async Task<T> GiveAsync<T>(HttpContext context, LateReply late, Func<CancellationToken, Task<T>> begin, bool isApart)
    {
        // Never disposed: it has no timer and no parent, and the request's end may cancel it after the work has ended.
        CancellationTokenSource gone = new();
        RepliedWork<T> replied = new(work, gone, context.Correlation().Logged, log);
        work.Start(() => replied.RunAsync(begin));
        using CancellationTokenRegistration leaving = context.RequestAborted.UnsafeRegister(static state => ((RepliedWork<T>?)state)?.Cancel(), replied);
        if (!replied.Reply.IsCompleted) await UntilAsync(context, replied.Reply, settings.ReplyWithin);
        if (isApart && !replied.Reply.IsCompleted) replied.Cancel();
        // An answer that came in the last moment is not lost: it may hold what is shown once.
        else if (!context.RequestAborted.IsCancellationRequested && replied.TryLeave()) throw Late(late);
        try
        {
            return await replied.Reply;
        }
        catch (OperationCanceledException) when (work.Stopping.IsCancellationRequested || (isApart && !context.RequestAborted.IsCancellationRequested))
        {
            throw Late(late);
        }
    }

    private FacadeRefusal Late(LateReply late) => work.Stopping.IsCancellationRequested
        ? FacadeRefusal.Unfinished() : new FacadeRefusal(StatusCodes.Status503ServiceUnavailable, late.Message, late.Again) { Word = late.Word };
}

/// <summary>The answer of a request whose work takes longer.</summary>
/// <param name="Message">What a caller reads whose work goes on.</param>
/// <param name="Again">When to ask again.</param>
/// <param name="Word">Stable code of that answer; null: the status's own.</param>
internal sealed record LateReply(string Message, TimeSpan Again, string? Word = null);

/// <summary>Work whose caller may have an answer before it ends; then it logs its own end.</summary>
internal sealed class RepliedWork<T>(WorkInFlight work, CancellationTokenSource gone, string transaction, ILogger<ReplyDeadline> log)
{
    private const int Waiting = 0;
    private const int Left = 1;
    private const int Ended = 2;
    private readonly TaskCompletionSource<T> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;

    /// <summary>The result. Completes only while the caller waits.</summary>
    public Task<T> Reply => _reply.Task;

    /// <summary>The caller has left, or the time to finish is over: what has not begun ends.</summary>
    public void Cancel() => gone.Cancel();

    /// <summary>The caller gets another answer. False: the work has just ended, and <see cref="Reply"/> is its answer.</summary>
    public bool TryLeave() => Interlocked.CompareExchange(ref _state, Left, Waiting) == Waiting;

    /// <summary>Does the work. Its result and its exception go to the caller, or to the log when the caller has an answer; it never throws.</summary>
    public async Task RunAsync(Func<CancellationToken, Task<T>> begin)
    {
        using CancellationTokenRegistration giveUp = work.GiveUp.UnsafeRegister(static state => ((RepliedWork<T>?)state)?.Cancel(), this);
        try
        {
            T result = await begin(gone.Token);
            if (IsAwaited()) _reply.SetResult(result);
            else log.LogInformation("Work that outlasted its answer is done (transaction {TransactionId})", transaction);
        }
        catch (OperationCanceledException)
        {
            if (IsAwaited()) _reply.SetCanceled(CancellationToken.None);
            else log.LogInformation("Work that outlasted its answer ended before it had begun (transaction {TransactionId})", transaction);
        }
        catch (Exception wrong)
        {
            if (IsAwaited()) _reply.SetException(wrong);
            else log.LogError("Work that outlasted its answer ended with {Kind} (transaction {TransactionId})", wrong.GetType().Name, transaction);
        }
    }

    private bool IsAwaited() => Interlocked.CompareExchange(ref _state, Ended, Waiting) == Waiting;
}
