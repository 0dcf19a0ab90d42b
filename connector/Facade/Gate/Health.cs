using Microsoft.AspNetCore.Authentication;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Gate;

/// <summary><c>/health/live</c>: the process answers.</summary>
internal sealed class LiveHealth(RequestDelegate next)
{
    private static readonly PathString Path = "/health/live";

    public Task InvokeAsync(HttpContext context) => IsAsked(context) ? AnswerAsync(context) : next(context);

    public static bool IsAsked(HttpContext context) => context.Request.Path == Path;

    public static Task AnswerAsync(HttpContext context) => context.Response.WriteAsJsonAsync(new { status = "live" }, context.RequestAborted);
}

/// <summary>What came over <c>Facade:HealthUrl</c>: both verdicts for everybody, and nothing else. No credentials are looked at.</summary>
internal sealed class HealthListener(RequestDelegate next, ReadinessCheck readiness)
{
    public Task InvokeAsync(HttpContext context) => !HealthConnection.IsOf(context) ? next(context)
        : LiveHealth.IsAsked(context) ? LiveHealth.AnswerAsync(context)
        : ReadyHealth.IsAsked(context) ? ReadyHealth.AnswerAsync(context, readiness, null)
        : ErrorReply.WriteAsync(context, StatusCodes.Status404NotFound, ErrorReply.NotFound(context.Request.Path));
}

/// <summary><c>/health/ready</c>: the service can work; which part cannot is visible to callers only, for their own tenants.</summary>
internal sealed class ReadyHealth(RequestDelegate next, ReadinessCheck readiness)
{
    private static readonly PathString Path = "/health/ready";

    public Task InvokeAsync(HttpContext context) => IsAsked(context) ? AnswerAsync(context) : next(context);

    public static bool IsAsked(HttpContext context) => context.Request.Path == Path;

    /// <param name="context">The request.</param>
    /// <param name="readiness">The verdict.</param>
    /// <param name="caller">Sees their own tenants; null: no details.</param>
    public static async Task AnswerAsync(HttpContext context, ReadinessCheck readiness, Caller? caller)
    {
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

    private async Task AnswerAsync(HttpContext context)
    {
        Caller? caller = null;
        if (CredentialReader.Read(context.Request.Headers) is not Credentials.Nothing)
        {
            // Wrong credentials are refused here as everywhere, so that this is no place to try them.
            AuthenticateResult result = await context.AuthenticateAsync();
            if (!result.Succeeded)
            {
                await context.ChallengeAsync();
                return;
            }

            context.User = result.Principal;
            caller = context.Caller();
        }

        await AnswerAsync(context, readiness, caller);
    }
}
