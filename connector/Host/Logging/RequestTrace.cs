using ProvisioningConnector.Graph;

namespace ProvisioningConnector.Host.Logging;

/// <summary>Logs every request to the tenant: method, path, status, duration, request ids.</summary>
internal sealed class RequestTrace(Serilog.ILogger logger) : IGraphTrace
{
    public void Ended(in GraphCallTrace call) => logger.Debug(
        "{Method} {Path} {Status} in {Milliseconds} ms, client-request-id {ClientRequestId}, request-id {RequestId}",
        call.Method, call.Path, call.Status, Math.Round(call.Took.TotalMilliseconds), call.ClientRequestId, call.RequestId);
}
