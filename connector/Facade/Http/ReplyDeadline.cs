using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Hosting;

namespace ProvisioningConnector.Facade.Http;

/// <summary>
/// A request is answered within <c>Facade:ReplyWithin</c>. Work that takes longer goes on, its caller gets 503 with <c>Retry-After</c>, and asking again is
/// safe; how it ended is logged. If the caller leaves before the answer, work that has not begun is cancelled.
/// </summary>
/// <param name="Message">What a caller reads whose work goes on.</param>
/// <param name="Again">When to ask again.</param>
/// <param name="Word">Stable code of that answer; null: the status's own.</param>
internal sealed record ReplyDeadline(string Message, TimeSpan Again, string? Word = null)
{
    /// <summary>Does work and gives its result.</summary>
    /// <param name="context">The request.</param>
    /// <param name="tenant">Name of the tenant that the work is about.</param>
    /// <param name="work">The work. It waits until it says that it has begun; its token ends what has not begun, and the rest goes on.</param>
    /// <exception cref="FacadeRefusal">503: too much waits, it takes longer, or the process stops.</exception>
    public async Task<T> GiveAsync<T>(HttpContext context, string tenant, Func<WaitingWork, CancellationToken, Task<T>> work)
    {
        Caller caller = context.Features.Get<Caller>() ?? throw new InvalidOperationException("The request did not pass the front gate.");
        WaitingWork waiting = context.RequestServices.GetRequiredService<Admission>().Enter(tenant, caller.Actor);
        try
        {
            return await GiveAsync(context, async cancellation =>
            {
                using (waiting) return await work(waiting, cancellation);
            }, isApart: false);
        }
        catch (FacadeRefusal refusal) when (refusal.Word == FacadeRefusal.Stopping && !waiting.HasBegun)
        {
            throw FacadeRefusal.NotBegun();
        }
    }

    /// <summary>Waits for work that is done, tracked and logged elsewhere; only the waiting ends with the deadline.</summary>
    /// <param name="context">The request.</param>
    /// <param name="wait">Waits for the work; ends when its token is cancelled.</param>
    /// <exception cref="FacadeRefusal">503: it takes longer, or the process stops.</exception>
    public Task<T> AwaitAsync<T>(HttpContext context, Func<CancellationToken, Task<T>> wait) => GiveAsync(context, wait, isApart: true);

    /// <summary>Waits until a task has ended (its result and its exception are its owner's), the time is over, the
    /// caller has left or the process gives up.</summary>
    public static async Task UntilAsync(HttpContext context, Task ended, TimeSpan limit)
    {
        FacadeServices services = context.Services();
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, services.Work.GiveUp);
        await Task.WhenAny(ended, Task.Delay(limit, services.Time, over.Token));
        await over.CancelAsync();
    }

    private async Task<T> GiveAsync<T>(HttpContext context, Func<CancellationToken, Task<T>> begin, bool isApart)
    {
        FacadeServices services = context.Services();
        // Never disposed: it has no timer and no parent, and the request's end may cancel it after the work has ended.
        CancellationTokenSource gone = new();
        RepliedWork<T> work = new(services, gone, context.Correlation().TransactionId);
        _ = services.Work.Track(work.RunAsync(begin));
        using CancellationTokenRegistration leaving = context.RequestAborted.UnsafeRegister(static state => ((RepliedWork<T>?)state)?.Cancel(), work);
        if (!work.Reply.IsCompleted) await UntilAsync(context, work.Reply, services.Settings.Facade.ReplyWithin);
        if (isApart && !work.Reply.IsCompleted) work.Cancel();
        // An answer that came in the last moment is not lost: it may hold what is shown once.
        else if (!context.RequestAborted.IsCancellationRequested && work.TryLeave()) throw Late(services);
        try
        {
            return await work.Reply;
        }
        catch (OperationCanceledException) when (services.Work.Stopping.IsCancellationRequested || (isApart && !context.RequestAborted.IsCancellationRequested))
        {
            throw Late(services);
        }
    }

    private FacadeRefusal Late(FacadeServices services) => services.Work.Stopping.IsCancellationRequested
        ? FacadeRefusal.Unfinished() : new FacadeRefusal(StatusCodes.Status503ServiceUnavailable, Message, Again) { Word = Word };
}

/// <summary>Work whose caller may have an answer before it ends; then it logs its own end.</summary>
internal sealed class RepliedWork<T>(FacadeServices services, CancellationTokenSource gone, string transaction)
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
        using CancellationTokenRegistration giveUp = services.Work.GiveUp.UnsafeRegister(static state => ((RepliedWork<T>?)state)?.Cancel(), this);
        try
        {
            T result = await begin(gone.Token);
            if (IsAwaited()) _reply.SetResult(result);
            else services.Log.Information("Work that outlasted its answer is done (transaction {TransactionId})", transaction);
        }
        catch (OperationCanceledException)
        {
            if (IsAwaited()) _reply.SetCanceled(CancellationToken.None);
            else services.Log.Information("Work that outlasted its answer ended before it had begun (transaction {TransactionId})", transaction);
        }
        catch (Exception wrong)
        {
            if (IsAwaited()) _reply.SetException(wrong);
            else services.Log.Error("Work that outlasted its answer ended with {Kind} (transaction {TransactionId})", wrong.GetType().Name, transaction);
        }
    }

    private bool IsAwaited() => Interlocked.CompareExchange(ref _state, Ended, Waiting) == Waiting;
}
