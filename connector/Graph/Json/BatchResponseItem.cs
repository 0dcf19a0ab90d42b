using ProvisioningConnector.Engine.Pacing;

namespace ProvisioningConnector.Graph.Json;

/// <summary>The answer to one request of a batch.</summary>
/// <param name="Status">HTTP status; 0 when there is no answer, or more than one.</param>
/// <param name="Start">Where its body begins in the answer of the whole batch.</param>
/// <param name="Length">Length of its body in bytes; 0: none.</param>
/// <param name="Signal">What its headers say about the quota.</param>
/// <param name="RequestId">The service's id of this request, when the headers show it.</param>
internal readonly record struct BatchResponseItem(int Status, int Start, int Length, ThrottleSignal Signal, string? RequestId);
