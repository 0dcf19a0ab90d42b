using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using ProvisioningConnector.Graph.Http;

namespace ProvisioningConnector.Composition.Logging;

/// <summary>Logs every request to the tenant: method, path, status, duration, request ids.</summary>
internal sealed partial class RequestTrace(ILogger<RequestTrace> logger) : IGraphTrace
{
    /// <summary>How a name in quotes ends.</summary>
    private static readonly string[] Ends = ["')", "%27)"];

    public void Ended(in GraphCallTrace call)
    {
        if (!logger.IsEnabled(LogLevel.Debug)) return;
        logger.LogDebug(
            "{Method} {Path} {Status} in {Milliseconds} ms, client-request-id {ClientRequestId}, request-id {RequestId}",
            call.Method, WithoutNames(call.Path), call.Status, Math.Round(call.Took.TotalMilliseconds), call.ClientRequestId, call.RequestId);
    }

    /// <summary>The path as it may be logged: what stands for a user stays only where it is an object id (docs/safety.md#secrecy).</summary>
    internal static string WithoutNames(string path) => User().Replace(path, static match =>
    {
        string name = match.Groups["name"].Value;
        string end = Ends.FirstOrDefault(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) ?? string.Empty;
        string inside = name[..^end.Length];
        return inside == "$count" || Guid.TryParse(inside, out _) ? match.Value : $"{match.Groups["before"].Value}…{end}";
    });

    [GeneratedRegex("(?<before>/users(/|\\(('|%27)))(?<name>[^/]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
        | RegexOptions.ExplicitCapture)]
    private static partial Regex User();
}
