using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Gate;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can work; which
/// part cannot is visible to callers only, for their own tenants.</summary>
internal static class Health
{
    public static readonly PathString Live = "/health/live";
    public static readonly PathString Ready = "/health/ready";

    public static Task LiveAsync(HttpContext context) => context.Response.WriteAsJsonAsync(new { status = "live" }, context.RequestAborted);

    public static async Task ReadyAsync(HttpContext context, FacadeServices services)
    {
        Caller? caller = null;
        if (CredentialReader.Read(context.Request.Headers) is not Presented.Nothing)
        {
            // Wrong credentials are refused here as everywhere, so that this is no place to try them.
            if (await CallerGate.CheckAsync(services.Callers, context) is not AuthenticationResult.Success success)
            {
                await ErrorReply.WriteAsync(context, StatusCodes.Status401Unauthorized, ErrorReply.AccessDenied);
                return;
            }

            caller = success.Caller;
            context.Features.Set(caller);
        }

        Readiness ready = await services.Readiness.NowAsync(context.RequestAborted);
        context.Response.StatusCode = ready.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        string status = ready.IsReady ? "ready" : "notReady";
        if (caller is null) await context.Response.WriteAsJsonAsync(new { status }, context.RequestAborted);
        else await context.Response.WriteAsJsonAsync(new { status, stopping = ready.IsStopping,
            store = ready.Store, tenants = Seen(ready.Tenants), reasons = Seen(ready.Reasons) }, context.RequestAborted);

        Dictionary<string, string> Seen(IEnumerable<KeyValuePair<string, string>> byTenant) =>
            byTenant.Where(t => caller.CanAccess(t.Key)).ToDictionary(t => t.Key, t => t.Value);
    }
}
