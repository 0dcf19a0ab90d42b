namespace ProvisioningConnector.Engine.Pacing;

/// <summary>What an answer said about the quota; every part may be absent.</summary>
/// <param name="LimitPercentage"><c>x-ms-throttle-limit-percentage</c>: the share of the limit
/// in use, 1.0 is all of it. Sent only above 0.8 (docs/graph.md#throttling).</param>
/// <param name="RetryAfter">How long to stay away: <c>Retry-After</c> as a span, whatever its spelling was. For a batch, the longest of its items.</param>
/// <param name="Scope"><c>x-ms-throttle-scope</c>, for the account only.</param>
/// <param name="Information"><c>x-ms-throttle-information</c>, for the account only.</param>
public readonly record struct ThrottleSignal(
    double? LimitPercentage = null,
    TimeSpan? RetryAfter = null,
    string? Scope = null,
    string? Information = null);
