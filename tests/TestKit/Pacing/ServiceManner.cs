namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>How the model service answers.</summary>
/// <param name="Headers">Whether it sends the share of the limit in use.</param>
/// <param name="RetryAfter">How it says when to come back.</param>
/// <param name="MedianLatency">Seconds.</param>
/// <param name="LatencySigma">Of the lognormal; 0.5 is mild, 1.2 has a heavy tail.</param>
/// <param name="SpuriousShare">Share of items refused for no reason ("429 can also occur below the limits", docs/graph.md#throttling).</param>
public sealed record ServiceManner(
    bool Headers = false,
    RetryAfterForm RetryAfter = RetryAfterForm.Ten,
    double MedianLatency = 0.25,
    double LatencySigma = 0.5,
    double SpuriousShare = 0);
