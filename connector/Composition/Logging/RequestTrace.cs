using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using ProvisioningConnector.Graph.Http;

namespace ProvisioningConnector.Composition.Logging;

/// <summary>Logs every request to the tenant: method, path, status, duration, request ids.</summary>
internal sealed partial class RequestTrace(ILogger<RequestTrace> logger) : IGraphTrace
{
    public void Ended(in GraphCallTrace call)
    {
        if (!logger.IsEnabled(LogLevel.Debug)) return;
        logger.LogDebug(
            "{Method} {Path} {Status} in {Milliseconds} ms, client-request-id {ClientRequestId}, request-id {RequestId}",
            call.Method, WithoutNames(call.Path), call.Status, Math.Round(call.Took.TotalMilliseconds), call.ClientRequestId, call.RequestId);
    }

    /// <summary>The path as it may be logged: what stands for a user stays only where it is an object id (docs/safety.md#secrecy).</summary>
    internal static string WithoutNames(string path) =>
        User().Replace(path, static match => Guid.TryParse(match.Groups["name"].Value, out _) ? match.Value : match.Groups["before"].Value + "…");

    [GeneratedRegex("(?<before>/users(?:/|\\((?:'|%27)))(?!\\$count(?:/|$))(?<name>[^/]+?)(?=(?:'|%27)\\)|/|$)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex User();
}
