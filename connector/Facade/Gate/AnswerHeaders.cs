using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Facade.Authentication;
using ProvisioningConnector.Facade.Hosting;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>Headers that every answer bears; an endpoint may have set its own before.</summary>
internal sealed class AnswerHeaders(WorkInFlight work)
{
    private const string Hsts = "max-age=31536000";

    public void Put(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        Standard(headers, "Cache-Control", "no-store");
        // Every answer of the protocol, also those of the gate: 401, 404, 405.
        if (context.Request.Path.StartsWithSegments("/openidm", StringComparison.OrdinalIgnoreCase)) Standard(headers, ApiVersions.ResponseHeader,
            ApiVersions.Content);
        Standard(headers, "X-Content-Type-Options", "nosniff");
        Standard(headers, "X-Frame-Options", "DENY");
        Standard(headers, "Referrer-Policy", "no-referrer");
        Standard(headers, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        Standard(headers, "Cross-Origin-Resource-Policy", "same-origin");
        // The client's next request is to go elsewhere, not to this connection.
        if (work.Stopping.IsCancellationRequested && HttpProtocol.IsHttp11(context.Request.Protocol)) headers.Connection = "close";
        if (context.Request.IsHttps && !LocalCall.IsLoopbackName(context.Request.Host.Host)) Standard(headers, "Strict-Transport-Security", Hsts);
    }

    private static void Standard(IHeaderDictionary headers, string name, string value)
    {
        if (headers[name].Count == 0) headers[name] = value;
    }
}
