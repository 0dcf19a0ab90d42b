using System.Collections.Frozen;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>What is refused before anybody looks at who calls: other hosts, foreign origins, plain http from afar, bodies and URLs beyond the limits,
/// compressed bodies.</summary>
internal sealed class RequestBounds(RequestDelegate next, FacadeSettings settings, FrozenSet<string> hosts)
{
    public Task InvokeAsync(HttpContext context) =>
        Refuse(context) is { } refused ? ErrorReply.WriteAsync(context, refused.Code, refused.Message) : next(context);

    /// <summary>Null: it may go on.</summary>
    private (int Code, string Message)? Refuse(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!hosts.Contains(request.Host.Host)) return (StatusCodes.Status400BadRequest,
            "The Host header is not one of the served hosts (Facade:AllowedHosts).");
        if (!request.IsHttps && !IsNear(context)) return (StatusCodes.Status403Forbidden, "HTTPS is required.");
        if (IsForeign(request)) return (StatusCodes.Status403Forbidden, "Requests from pages of other origins are refused.");
        if ((request.Path.Value?.Length ?? 0)
            + (request.QueryString.Value?.Length
            ?? 0) > settings.MaxUrl) return (StatusCodes.Status414UriTooLong, $"Path and query are longer than {settings.MaxUrl} characters (Facade:MaxUrl).");
        if (request.ContentLength > settings.MaxBody) return (StatusCodes.Status413PayloadTooLarge,
            $"The body is longer than {settings.MaxBody} bytes (Facade:MaxBody).");
        // Whatever the endpoint makes of a body: what looks small and unpacks to much, or to something else, is not for it.
        return ContentTypes.CheckEncoding(request.Headers.ContentEncoding) is { } packed ? (packed.Code, packed.Message) : null;
    }

    /// <summary>Plain http is for callers on this machine; behind a known proxy the scheme is the one in the proxy's header.</summary>
    private static bool IsNear(HttpContext context) =>
        context.Connection.LocalIpAddress is { } here && System.Net.IPAddress.IsLoopback(here)
        && context.Connection.RemoteIpAddress is { } there && System.Net.IPAddress.IsLoopback(there);

    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers.Origin.Count > 0)
        {
            string own = $"{request.Scheme}://{request.Host}";
            if (!request.Headers.Origin.ToString().Equals(own, StringComparison.OrdinalIgnoreCase)) return true;
        }

        string site = request.Headers["Sec-Fetch-Site"].ToString();
        return site is "cross-site" or "same-site";
    }
}
