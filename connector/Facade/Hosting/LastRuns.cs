using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>Looks every minute when each tenant's last complete run ended, also of runs of other processes on the same store.</summary>
internal static class LastRuns
{
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);

    public static async Task WatchAsync(FacadeServices services, CancellationToken cancellation)
    {
        using PeriodicTimer timer = new(Often, services.Time);
        try
        {
            do await LookAsync(services, cancellation);
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Its end.
        }
    }

    public static async Task LookAsync(FacadeServices services, CancellationToken cancellation)
    {
        HashSet<string> missing = new(services.Settings.Tenants.Keys, StringComparer.OrdinalIgnoreCase);
        try
        {
            await foreach (RunHead run in services.Shared.Store.RunsAsync(cancellation))
            {
                if (missing.Count == 0) break;
                if (run.Outcome != RunOutcome.Succeeded || run.EndedAt is not { } ended) continue;
                foreach (TenantSettings tenant in services.Settings.Tenants.Values.Where(t => missing.Contains(t.Name)
                    && run.Plan.Tenant.Name.Equals(t.Name, StringComparison.OrdinalIgnoreCase)))
                {
                    services.Figures.RunComplete(tenant.Name, ended);
                    missing.Remove(tenant.Name);
                }
            }
        }
        catch (StoreException problem)
        {
            services.Log.Warning("The age of the last runs could not be read: {Problem}", problem.Problem);
        }
    }
}
