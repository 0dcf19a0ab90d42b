namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>What came back for a call.</summary>
/// <param name="Accepted">Items that were done.</param>
/// <param name="LimitPercentage">The share header; null when absent.</param>
/// <param name="RetryAfter">When to come back; null when nothing was refused or nothing was said.</param>
public sealed record ModelAnswer(int Accepted, double? LimitPercentage, TimeSpan? RetryAfter);
