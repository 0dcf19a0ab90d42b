using ProvisioningConnector.Engine.Pacing;

namespace ProvisioningConnector.Graph.Http;

/// <summary>How many items of a batch were answered 429, and what the items' headers say: the longest <c>Retry-After</c> counts.</summary>
internal readonly record struct ItemsThrottled(int Count, ThrottleSignal Signal)
{
    public ItemsThrottled And(int status, ThrottleSignal item) => new(Count + (status == 429 ? 1 : 0), Longest(Signal, item));

    /// <summary>Together with what the headers of the whole answer say.</summary>
    public ThrottleSignal Merge(ThrottleSignal whole) => Longest(Signal, whole);

    private static ThrottleSignal Longest(ThrottleSignal left, ThrottleSignal right) => new(
        Max(left.LimitPercentage, right.LimitPercentage),
        Max(left.RetryAfter, right.RetryAfter),
        left.Scope ?? right.Scope,
        left.Information ?? right.Information);

    private static T? Max<T>(T? left, T? right)
        where T : struct, IComparable<T> => left is not { } l ? right : right is not { } r ? left : l.CompareTo(r) >= 0 ? l : r;
}
