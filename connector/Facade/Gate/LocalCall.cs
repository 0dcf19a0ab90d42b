using System.Net;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>Whether a request surely comes from this machine and through no proxy.</summary>
internal static class LocalCall
{
    private static readonly string[] SignsOfProxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host",
        "X-Forwarded-Proto", "X-Forwarded-Server", "X-Original-For", "X-Original-Proto", "X-Real-IP", "Via", "CF-Connecting-IP", "True-Client-IP"];

    public static bool IsDirect(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && IsLoopbackName(context.Request.Host.Host)
        && !SignsOfProxies.Any(context.Request.Headers.ContainsKey);

    public static bool IsLoopbackName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
