using ProvisioningConnector.Composition.About;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>Work that is done again and again until the process is asked to stop.</summary>
/// <param name="interval">The time between two turns.</param>
/// <param name="work">Says when the process is asked to stop.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Receives the error of a turn that failed; the next one comes all the same.</param>
internal abstract class PeriodicService(TimeSpan interval, WorkInFlight work, TimeProvider time, ILogger log) : BackgroundService
{
    /// <summary>Whether the first turn comes at once.</summary>
    protected virtual bool BeginsAtOnce => false;

    /// <summary>One turn.</summary>
    protected abstract Task RunOnceAsync(CancellationToken cancellation);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, work.Stopping);
        using PeriodicTimer timer = new(interval, time);
        try
        {
            if (BeginsAtOnce) await TryAsync(end.Token);
            while (await timer.WaitForNextTickAsync(end.Token)) await TryAsync(end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Its end.
        }
    }

    private async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await RunOnceAsync(cancellation);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            log.LogError("{Mistake}", Unexpected.Document(bug).Message);
        }
    }
}
