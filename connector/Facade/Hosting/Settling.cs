using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>
/// Writes down every minute what became of changes of one user whose process died. At the start of the service the locks of those
/// whose last request may still land are cut short to when it has landed; nothing is sent.
/// </summary>
internal static class Settling
{
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);

    public static async Task WatchAsync(FacadeFloor floor, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(Often, floor.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation)) await SettleAsync(floor, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Its end.
        }
    }

    private static async Task SettleAsync(FacadeFloor floor, CancellationToken cancellation)
    {
        foreach (TenantSession door in floor.Doors.Open)
        {
            try
            {
                int settled = await door.Changes.SettleAsync(cancellation);
                if (settled > 0) floor.Log.Information("{Count} changes of tenant {Tenant} whose process died are settled", settled, door.Settings.Name);
            }
            catch (StoreException trouble)
            {
                floor.Log.Warning("Changes of tenant {Tenant} whose process died could not be settled: {Trouble}", door.Settings.Name, trouble.Trouble);
            }
            catch (TenantException trouble)
            {
                floor.Log.Warning("Changes of tenant {Tenant} whose process died could not be settled: {Code}", door.Settings.Name, trouble.Error.Code);
            }
        }
    }
}
