using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>
/// Waits for work no longer than <c>Facade:ReplyWithin</c>. Afterwards the caller gets 503 with
/// <c>Retry-After</c> while the work goes on; asking again is safe. Who goes
/// away himself gives up what has not begun yet.
/// </summary>
internal static class SlowWork
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    /// <param name="context">The request.</param>
    /// <param name="begin">The work.</param>
    /// <exception cref="FacadeRefusal">503: it takes longer.</exception>
    public static async Task<T> WithinAsync<T>(HttpContext context, Func<CancellationToken, Task<T>> begin)
    {
        FacadeFloor floor = context.Floor();
        CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(floor.Work.GiveUp);
        using CancellationTokenRegistration gone = context.RequestAborted.UnsafeRegister(static state => ((CancellationTokenSource?)state)?.Cancel(), end);
        Task<T> work = floor.Work.Track(RunAsync(begin, end));
        if (work.IsCompleted) return await work;
        try
        {
            return await work.WaitAsync(floor.Settings.Facade.ReplyWithin, floor.Time);
        }
        catch (OperationCanceledException) when (floor.Work.Stopping.IsCancellationRequested)
        {
            throw StopGate.Unfinished();
        }
        catch (TimeoutException)
        {
            if (work.IsCompleted) return await work;
            _ = TellAsync(work, floor, context.Correlation().TransactionId);
            throw new FacadeRefusal(
                StatusCodes.Status503ServiceUnavailable,
                "The tenant is slow. What was asked for goes on here; ask again to learn what became of it: a repeat is safe.", Again);
        }
    }

    private static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> begin, CancellationTokenSource end)
    {
        using (end) return await begin(end.Token);
    }

    /// <summary>How it ended is told to the log, as its caller has his answer.</summary>
    private static async Task TellAsync<T>(Task<T> work, FacadeFloor floor, string transaction)
    {
        try
        {
            await work;
            floor.Log.Information("Work that outlasted its answer is done (transaction {TransactionId})", transaction);
        }
        catch (Exception trouble)
        {
            floor.Log.Warning("Work that outlasted its answer ended with {Kind} (transaction {TransactionId})", trouble.GetType().Name, transaction);
        }
    }
}
