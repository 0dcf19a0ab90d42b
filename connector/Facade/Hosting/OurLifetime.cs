namespace ProvisioningConnector.Facade.Hosting;

/// <summary>Signals are the program's (<c>Program.cs</c>), not the web application's.</summary>
internal sealed class OurLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
