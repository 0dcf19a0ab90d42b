using Microsoft.Extensions.Logging;
using ProvisioningConnector.Graph.Http;

namespace ProvisioningConnector.Composition.Logging;

/// <summary>Logs every request to the tenant: method, path, status, duration, request ids.</summary>
internal sealed class RequestTrace(ILogger<RequestTrace> logger) : IGraphTrace
{
    private const string Users = "/users/";

    public void Ended(in GraphCallTrace call)
    {
        if (!logger.IsEnabled(LogLevel.Debug)) return;
        logger.LogDebug(
            "{Method} {Path} {Status} in {Milliseconds} ms, client-request-id {ClientRequestId}, request-id {RequestId}",
            call.Method, Shown(call.Path), call.Status, Math.Round(call.Took.TotalMilliseconds), call.ClientRequestId, call.RequestId);
    }

    /// <summary>What stands for a user and is neither an object id nor a principal name may be a phone number in the wrong place.</summary>
    internal static string Shown(string path)
    {
        int at = path.IndexOf(Users, StringComparison.Ordinal);
        if (at < 0) return path;
        int begin = at + Users.Length, end = path.IndexOf('/', begin);
        string user = Uri.UnescapeDataString(end < 0 ? path[begin..] : path[begin..end]);
        bool harmless = Guid.TryParse(user, out _) || user.Contains('@', StringComparison.Ordinal) || user == "$count";
        return harmless ? path : string.Concat(path.AsSpan(0, begin), "…", end < 0 ? "" : path.AsSpan(end));
    }
}
