using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Migration;

/// <summary>One registered method of a person, as just read (docs/graph.md#behaviour-of-reads).</summary>
/// <param name="Kind">Its kind; exactly one.</param>
/// <param name="Id">The service's id of it.</param>
/// <param name="CreatedAt">When it was registered; of a temporary access pass when it begins, where that is later. Null: the service does not say.</param>
/// <param name="LastUsedAt">When it was last used; null: never, or the service does not say. Both count as unused.</param>
public sealed record MethodUse(PersonMethods Kind, string Id, DateTimeOffset? CreatedAt, DateTimeOffset? LastUsedAt)
{
    /// <summary>Clocks differ a little; what is said to be later than that is not believed.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether it was used within a span before a moment.</summary>
    public bool WasUsed(TimeSpan within, DateTimeOffset at) => LastUsedAt is { } used && used >= at - within && used <= at + ClockTolerance;

    /// <summary>Whether it has been registered for a span.</summary>
    public bool IsOlderThan(TimeSpan span, DateTimeOffset at) => CreatedAt is { } created && created <= at - span;
}
