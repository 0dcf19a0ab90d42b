namespace ProvisioningConnector.Engine.Concurrency;

/// <summary>Waits on the given clock.</summary>
internal static class Pause
{
    /// <summary>True after the pause; false at once when asked to stop.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async ValueTask<bool> ForAsync(TimeSpan duration, TimeProvider time, CancellationToken stop, CancellationToken cancellation)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellation);
        try
        {
            await Task.Delay(duration, time, either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
