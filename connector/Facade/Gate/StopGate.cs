using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>After the signal to stop nothing new begins: 503 with <c>Retry-After</c>, while requests that came before are finished.</summary>
internal static class StopGate
{
    /// <summary>Stable word for programs.</summary>
    public const string Word = "stopping";

    /// <summary>When to try again: another process serves then, or this one anew.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    public static Task PassAsync(HttpContext context, WorkInFlight work, RequestDelegate next)
    {
        if (!work.Stopping.IsCancellationRequested) return work.ServeAsync(() => next(context));
        // The client's next request is to go elsewhere, not to this connection.
        if (HttpProtocol.IsHttp11(context.Request.Protocol)) context.Response.Headers.Connection = "close";
        return ErrorReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable,
            "The service is stopping. Nothing was done. Send the request again in a moment.", Again, Word);
    }

    /// <summary>The answer to a request that came before the signal and could not be finished in time.</summary>
    public static FacadeRefusal Unfinished() => new(
        StatusCodes.Status503ServiceUnavailable, "The service is stopping and did not finish this. Send the request again: a repeat sends only what is left.",
        Again) { Word = Word };
}
