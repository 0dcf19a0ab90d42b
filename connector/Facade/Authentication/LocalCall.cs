using System.Net;

namespace ProvisioningConnector.Facade.Authentication;

/// <summary>
/// Whether a request comes from this machine and shows no sign of a proxy. Only a hint: a proxy on this machine that speaks HTTP/1.1 and adds no header
/// looks like a caller on this machine (docs/facade.md#loopback-accounts).
/// </summary>
internal static class LocalCall
{
    private static readonly string[] HeadersOfProxies = ["Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-ProxyUser-Ip",
        "True-Client-IP", "Fastly-Client-IP", "CDN-Loop", "Max-Forwards", "Proxy-Connection", "Front-End-Https", "X-Amzn-Trace-Id", "X-Rewrite-URL"];
    private static readonly string[] BeginningsOfHeaders = ["X-Forwarded", "X-Original-", "X-Envoy-", "X-Azure-", "X-ARR-", "X-Varnish", "CF-"];

    public static bool IsDirect(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && IsLoopbackName(context.Request.Host.Host)
        // A stock nginx speaks HTTP/1.0 to what is behind it.
        && !HttpProtocol.IsHttp10(context.Request.Protocol) && !HttpProtocol.IsHttp09(context.Request.Protocol)
        && !context.Request.Headers.Keys.Any(IsOfProxy);

    private static bool IsOfProxy(string header) => HeadersOfProxies.Contains(header, StringComparer.OrdinalIgnoreCase)
        || BeginningsOfHeaders.Any(begin => header.StartsWith(begin, StringComparison.OrdinalIgnoreCase));

    public static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
