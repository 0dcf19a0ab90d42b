using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Gate;

/// <summary><c>/health/live</c>: the process answers.</summary>
internal sealed class LiveHealth(RequestDelegate next)
{
    private static readonly PathString Path = "/health/live";

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Path == Path ? context.Response.WriteAsJsonAsync(new { status = "live" }, context.RequestAborted) : next(context);
}

/// <summary><c>/health/ready</c>: the service can work; which part cannot is visible to callers only, for their own tenants.</summary>
internal sealed class ReadyHealth(RequestDelegate next, CallerCheck callers, ReadinessCheck readiness)
{
    private static readonly PathString Path = "/health/ready";

    public Task InvokeAsync(HttpContext context) => context.Request.Path == Path ? AnswerAsync(context) : next(context);

    private async Task AnswerAsync(HttpContext context)
    {
        Caller? caller = null;
        if (CredentialReader.Read(context.Request.Headers) is not Credentials.Nothing)
        {
            // Wrong credentials are refused here as everywhere, so that this is no place to try them.
            if (await CallerGate.CheckAsync(callers, context) is not AuthenticationResult.Success success)
            {
                await ErrorReply.WriteAsync(context, StatusCodes.Status401Unauthorized, ErrorReply.AccessDenied);
                return;
            }

            caller = success.Caller;
            context.Features.Set(caller);
        }

        Readiness ready = await readiness.NowAsync(context.RequestAborted);
        context.Response.StatusCode = ready.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        string status = ready.IsReady ? "ready" : "notReady";
        if (caller is null) await context.Response.WriteAsJsonAsync(new { status }, context.RequestAborted);
        else await context.Response.WriteAsJsonAsync(new
        {
            status, stopping = ready.IsStopping,
            store = ready.Store, tenants = Seen(ready.Tenants), reasons = Seen(ready.Reasons)
        }, context.RequestAborted);

        Dictionary<string, string> Seen(IEnumerable<KeyValuePair<string, string>> byTenant) =>
            byTenant.Where(t => caller.CanAccess(t.Key)).ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal);
    }
}
