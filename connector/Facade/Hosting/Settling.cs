using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>
/// Writes down every minute what became of changes of one user whose process died. At the start of the service the locks of those
/// whose last request may still land are cut short to when it has landed; nothing is sent.
/// </summary>
internal sealed class Settling(TenantSessions sessions, WorkInFlight work, TimeProvider time, ILogger<Settling> log) : PeriodicService(Often, work, time, log)
{
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);
    private readonly ILogger<Settling> _log = log;

    /// <inheritdoc/>
    protected override async Task RunOnceAsync(CancellationToken cancellation)
    {
        foreach (TenantSession session in sessions.Open)
        {
            try
            {
                int settled = await session.Changes.SettleAsync(cancellation);
                if (settled > 0) _log.LogInformation("{Count} changes of tenant {Tenant} whose process died are settled",
                    settled, session.Settings.Name);
            }
            catch (StoreException problem)
            {
                _log.LogWarning("Changes of tenant {Tenant} whose process died could not be settled: {Problem}",
                    session.Settings.Name, problem.Problem);
            }
            catch (TenantException problem)
            {
                _log.LogWarning("Changes of tenant {Tenant} whose process died could not be settled: {Code}",
                    session.Settings.Name, problem.Error.Code);
            }
        }
    }
}
