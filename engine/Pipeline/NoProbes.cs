using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Knows of no probe.</summary>
internal sealed class NoProbes : IProbes
{
    public static NoProbes Instance { get; } = new();

    public ValueTask<KnownProbe?> FindAsync(string tenantId, CancellationToken cancellation) => new((KnownProbe?)null);

    public ValueTask KeepAsync(KnownProbe probe, CancellationToken cancellation) => ValueTask.CompletedTask;
}
