using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>
/// Writes down every minute what became of changes of one user whose process died. At the start of the service the locks of those
/// whose last request may still land are cut short to when it has landed; nothing is sent.
/// </summary>
internal static class Settling
{
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);

    public static async Task WatchAsync(FacadeServices services, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(Often, services.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation)) await SettleAsync(services, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Its end.
        }
    }

    private static async Task SettleAsync(FacadeServices services, CancellationToken cancellation)
    {
        foreach (TenantSession session in services.Tenants.Open)
        {
            try
            {
                int settled = await session.Changes.SettleAsync(cancellation);
                if (settled > 0) services.Log.Information("{Count} changes of tenant {Tenant} whose process died are settled", settled, session.Settings.Name);
            }
            catch (StoreException problem)
            {
                services.Log.Warning("Changes of tenant {Tenant} whose process died could not be settled: {Problem}", session.Settings.Name, problem.Problem);
            }
            catch (TenantException problem)
            {
                services.Log.Warning("Changes of tenant {Tenant} whose process died could not be settled: {Code}", session.Settings.Name, problem.Error.Code);
            }
        }
    }
}
