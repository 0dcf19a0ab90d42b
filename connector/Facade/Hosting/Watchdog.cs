namespace ProvisioningConnector.Facade.Hosting;

/// <summary>Gives systemd signs of life until the service has stopped.</summary>
internal sealed class Watchdog(ServiceNotice notice, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => notice.BeatAsync(time, stoppingToken);
}
