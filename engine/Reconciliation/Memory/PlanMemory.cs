using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Reconciliation;

/// <summary>What guardrails know of earlier runs.</summary>
/// <param name="LastAccepted">The last accepted state of the same source; null when there is none.</param>
/// <param name="Past">What earlier runs applied.</param>
public sealed record PlanMemory(AcceptedSource? LastAccepted, PastWrites Past)
{
    public static PlanMemory None { get; } = new(null, PastWrites.None);

    /// <param name="sources">Accepted sources.</param>
    /// <param name="store">Runs.</param>
    /// <param name="tenantId">Whose.</param>
    /// <param name="source">Which source.</param>
    /// <param name="now">The end of the windows.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<PlanMemory> ReadAsync(
        ISourceMemory sources, IRunStore store, string tenantId, SourceIdentity source, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(source);
        return new(
            await sources.FindAsync(tenantId, source.Name, source.Delta, cancellation),
            await PastWrites.ReadAsync(store, tenantId, now, cancellation));
    }
}
