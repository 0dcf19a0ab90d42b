namespace ProvisioningConnector.Graph.Http;

/// <summary>Receives every request after it ended. Never sees bodies or queries.</summary>
public interface IGraphTrace
{
    void Ended(in GraphCallTrace ended);
}

/// <summary>One request as it ended.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path without query; may name a user.</param>
/// <param name="Status">HTTP status; null when no answer came.</param>
/// <param name="Took">From sending to the end of the answer.</param>
/// <param name="ClientRequestId">Ours, sent as <c>client-request-id</c>.</param>
/// <param name="RequestId">The service's, or ours when it gave none.</param>
public readonly record struct GraphCallTrace(string Method, string Path, int? Status, TimeSpan Took, string ClientRequestId, string RequestId);
