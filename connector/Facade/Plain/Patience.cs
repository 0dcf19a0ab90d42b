using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>Waits for work as long as a caller is to wait (<c>ReplyWithin</c>); then he is told to ask again, and the work goes on.</summary>
internal static class Patience
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);

    /// <param name="context">The request.</param>
    /// <param name="floor">Keeps the process alive until the work is done.</param>
    /// <param name="begin">Begins the work, or to wait for it.</param>
    /// <param name="isApart">The work is done apart from what is begun here, which only waits for it and can be given up.</param>
    public static async Task<PlainAnswer> WithinAsync(HttpContext context, FacadeFloor floor, Func<CancellationToken, Task<PlainAnswer>> begin, bool isApart)
    {
        string transaction = context.Correlation().TransactionId;
        // Who goes away before the answer takes with him what has not begun; who was told to ask again does not.
        CancellationTokenSource gone = new();
        using CancellationTokenRegistration leaving = context.RequestAborted.Register(gone.Cancel);
        Task<PlainAnswer> work = floor.Work.Track(begin(gone.Token));
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(floor.Work.GiveUp);
        Task late = Task.Delay(floor.Settings.Facade.ReplyWithin, floor.Time, over.Token);
        if (await Task.WhenAny(work, late) == work)
        {
            await over.CancelAsync();
            return await work;
        }

        bool stopping = floor.Work.GiveUp.IsCancellationRequested;
        if (isApart || stopping) await gone.CancelAsync();
        if (await EndsAsync(work, isApart) is { } last) return last;
        _ = EndAsync(work, floor, transaction);
        if (stopping) throw StopGate.Unfinished();
        return Problem.Of(StatusCodes.Status503ServiceUnavailable, "slow",
            "The service takes long to answer. The work goes on; ask again, a repeat is safe. With an Idempotency-Key the repeat gets the answer of this request.", SoonAgain);
    }

    /// <summary>An answer that came in the last moment is not lost: it may tell what is told once.</summary>
    private static async Task<PlainAnswer?> EndsAsync(Task<PlainAnswer> work, bool isApart)
    {
        if (!isApart && !work.IsCompleted) return null;
        try
        {
            return await work;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Nobody waits any more: what goes wrong is told to the log.</summary>
    private static async Task EndAsync(Task<PlainAnswer> work, FacadeFloor floor, string transaction)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
            // It had not begun.
        }
        catch (Exception trouble)
        {
            floor.Log.Error("Work that went on after its answer ended in trouble: {Mistake} (transaction {TransactionId})",
                trouble.GetType().Name, transaction);
        }
    }
}
