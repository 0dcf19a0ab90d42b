using System.Collections.Concurrent;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>
/// Does a named request once. A repeat while it is worked on waits for it; a repeat afterwards gets the same answer, from the store. A
/// secret is shown once and not repeated. What came to nothing is forgotten, so that the repeat is a new try.
/// </summary>
internal sealed class IdempotencyService(SharedStore shared, WorkInFlight running, TimeProvider time, ILogger<IdempotencyService> log)
{
    /// <summary>An answer is remembered for so long.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    /// <summary>Work without an answer that was not renewed for so long belonged to a process that died.</summary>
    public static readonly TimeSpan Abandoned = TimeSpan.FromSeconds(30);

    /// <summary>How often work that goes on is renewed.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(8);

    /// <summary>How long the answer with a secret waits in memory for someone to ask for it.</summary>
    private static readonly TimeSpan SecretHeld = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, Work> _work = new(StringComparer.Ordinal);

    public async Task<PlainAnswer> RunAsync(IdempotencyKey named, Func<Task<PlainAnswer>> run, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte> secret = await shared.Store.KeyAsync(StoreKeys.Requests, cancellation);
        IdempotencyKey key = named.Digested(secret.Span);
        Forget(time.GetUtcNow());
        Work mine = new(key.Content);
        Work work = _work.GetOrAdd(key.Name, mine);
        if (!string.Equals(work.Content, key.Content, StringComparison.Ordinal)) return Reused();
        if (work == mine) running.Start(() => ExecuteAsync(key, mine, run));
        PlainAnswer answer = await work.WaitAsync(cancellation);
        // The first caller has the answer; the store answers from now on.
        if (work.ClaimReply()) return answer;
        return answer.ReturnsSecret ? Secret() : answer;
    }

    private async Task ExecuteAsync(IdempotencyKey key, Work work, Func<Task<PlainAnswer>> run)
    {
        try
        {
            work.Answer.SetResult(await OnceAsync(key, run));
        }
        catch (OperationCanceledException)
        {
            work.Answer.SetCanceled(CancellationToken.None);
        }
        catch (Exception problem)
        {
            if (!work.IsAwaited) log.LogError("A request with an Idempotency-Key, whose callers have left, ended with {Kind}", problem.GetType().Name);
            // For everybody who waits for it.
            work.Answer.SetException(problem);
        }

        work.Over = time.GetUtcNow();
        if (!work.Answer.Task.IsCompletedSuccessfully || !work.Answer.Task.Result.ReturnsSecret || work.IsReturned) _work.TryRemove(key.Name, out _);
    }

    private async Task<PlainAnswer> OnceAsync(IdempotencyKey key, Func<Task<PlainAnswer>> run)
    {
        IRequestMemory memory = shared.Store.RequestKeys;
        DateTimeOffset now = time.GetUtcNow();
        KnownRequest request = new(key.Name, key.Content, now + Abandoned);
        if (await memory.BeginAsync(request, now, CancellationToken.None) is { } known)
        {
            if (!string.Equals(known.Content, key.Content, StringComparison.Ordinal)) return Reused();
            return known.Answer is null
                ? Problem.Create(StatusCodes.Status409Conflict, "idempotencyInProgress",
                    "The request with this Idempotency-Key is still in progress. Send it again for its answer.", SoonAgain)
                : known.Answer.ReturnedSecret ? Secret() : Again(known.Answer);
        }

        PlainAnswer answer;
        bool kept = false;
        try
        {
            using CancellationTokenSource over = new();
            Task renewing = RenewAsync(memory, request, time, over.Token);
            try
            {
                answer = await run();
            }
            finally
            {
                await over.CancelAsync();
                await renewing;
            }

            kept = !answer.IsPassing && answer.Status is < 400 or StatusCodes.Status500InternalServerError;
            if (kept) await memory.EndAsync(request with { Until = time.GetUtcNow() + Remembered, Answer = Known(answer) }, CancellationToken.None);
        }
        finally
        {
            if (!kept) await memory.ForgetAsync(key.Name, CancellationToken.None);
        }

        return answer;
    }

    /// <summary>Keeps the request's name taken while it is worked on, so that it is free soon after this process died.</summary>
    private static async Task RenewAsync(IRequestMemory memory, KnownRequest request, TimeProvider time, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(Renewal, time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (over.IsCancellationRequested) return;
            try
            {
                await memory.EndAsync(request with { Until = time.GetUtcNow() + Abandoned }, CancellationToken.None);
            }
            catch (StoreException)
            {
                // Tried again at the next turn; a store that stays away fails the request itself.
            }
        }
    }

    private static KnownAnswer Known(PlainAnswer answer) =>
        new(answer.Status, answer.ReturnsSecret ? null : answer.Body, answer.Revision, answer.ReturnsSecret);

    private static PlainAnswer Again(KnownAnswer known) =>
        new(known.Status, known.Body) { Revision = known.Tag, ContentType = known.Status < 400 ? PlainAnswer.Json : Problem.ContentType };

    private static PlainAnswer Reused() =>
        Problem.Create(StatusCodes.Status422UnprocessableEntity, "idempotencyKeyReused",
            "Another request was sent with this Idempotency-Key within the last 24 hours. Nothing was done; use a new key for a new request.");

    private static PlainAnswer Secret() =>
        Problem.Create(StatusCodes.Status409Conflict, "secretShownOnce",
            "This was done, and its answer held a password or a pass, which is shown once and never stored. "
            + "If it did not arrive, send the request with a new Idempotency-Key: a new one is made.");

    /// <summary>Secrets whose askers went away are held in memory as long as work may take, so that the repeat gets them.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach ((string name, Work work) in _work)
        {
            if (work.IsReturned || (work.Over is { } over && over + SecretHeld < now)) _work.TryRemove(new KeyValuePair<string, Work>(name, work));
        }
    }

    private sealed class Work(string content)
    {
        private int _reported;
        private int _waiting;

        public string Content => content;

        public TaskCompletionSource<PlainAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public DateTimeOffset? Over { get; set; }

        public bool IsReturned => Volatile.Read(ref _reported) != 0;

        /// <summary>Someone waits for the answer.</summary>
        public bool IsAwaited => Volatile.Read(ref _waiting) > 0;

        public async Task<PlainAnswer> WaitAsync(CancellationToken cancellation)
        {
            Interlocked.Increment(ref _waiting);
            try
            {
                return await Answer.Task.WaitAsync(cancellation);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }
        }

        /// <summary>True for the first who asks.</summary>
        public bool ClaimReply() => Interlocked.Exchange(ref _reported, 1) == 0;
    }
}
