using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Telemetry;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>Looks every minute when each tenant's last complete run ended, also of runs of other processes on the same store.</summary>
internal sealed class LastRuns(ConnectorSettings settings, IRunStore store, Figures figures, WorkInFlight work, TimeProvider time, ILogger<LastRuns> log)
    : PeriodicService(Often, work, time, log)
{
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);
    private readonly ILogger<LastRuns> _log = log;

    /// <inheritdoc/>
    protected override bool BeginsAtOnce => true;

    /// <inheritdoc/>
    protected override async Task RunOnceAsync(CancellationToken cancellation)
    {
        HashSet<string> missing = new(settings.Tenants.Keys, StringComparer.OrdinalIgnoreCase);
        try
        {
            await foreach (RunHeader run in store.RunsAsync(cancellation))
            {
                if (missing.Count == 0) break;
                if (run.Outcome != RunOutcome.Succeeded || run.EndedAt is not { } ended) continue;
                foreach (TenantSettings tenant in settings.Tenants.Values.Where(t => missing.Contains(t.Name)
                    && run.Plan.Tenant.Name.Equals(t.Name, StringComparison.OrdinalIgnoreCase)))
                {
                    figures.RunComplete(tenant.Name, ended);
                    missing.Remove(tenant.Name);
                }
            }
        }
        catch (StoreException problem)
        {
            _log.LogWarning("The age of the last runs could not be read: {Problem}", problem.Problem);
        }
    }
}
