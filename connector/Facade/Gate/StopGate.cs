using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>
/// After the signal to stop nothing new begins: 503 with <c>Retry-After</c>, while requests that came before are finished. When the time for that is
/// over they are given up, and answers that their callers read too slowly are cut.
/// </summary>
internal sealed class StopGate(RequestDelegate next, WorkInFlight work)
{
    public Task InvokeAsync(HttpContext context) => work.Stopping.IsCancellationRequested
        ? ErrorReply.WriteAsync(context, FacadeRefusal.NotBegun()) : work.ServeAsync(() => ServeAsync(context));

    private async Task ServeAsync(HttpContext context)
    {
        using CancellationTokenRegistration cut = work.GiveUp.UnsafeRegister(static state => Cut((HttpContext?)state), context);
        await next(context);
    }

    /// <summary>Half an answer must not look like a whole one; a caller without an answer still gets the 503.</summary>
    private static void Cut(HttpContext? context)
    {
        if (context?.Response.HasStarted == true) context.Abort();
    }
}
