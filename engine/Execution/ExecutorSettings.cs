using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>How long the executor waits for the truth.</summary>
public sealed record ExecutorSettings
{
    /// <summary>
    /// Our time-out of one request. It must be longer than the service's own limit of 60 s (docs/graph.md#behaviour-of-reads), so that a
    /// write that has not shown itself after this long can never be applied any more.
    /// </summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(70);

    /// <summary>Pauses between reads that wait for a write to show itself (docs/safety.md#reading-back).</summary>
    public ImmutableArray<TimeSpan> ReadBackPauses { get; init; } =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(27)];
}
