using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>Requires authentication. All refusals look the same.</summary>
internal sealed class CallerGate(RequestDelegate next, CallerCheck check)
{
    public async Task InvokeAsync(HttpContext context)
    {
        switch (await CheckAsync(check, context))
        {
            case AuthenticationResult.Success success:
                context.Features.Set(success.Caller);
                await next(context);
                break;
            case AuthenticationResult.Refused refused:
                await RefuseAsync(context, refused.RetryAfter);
                break;
            case AuthenticationResult.Unknown:
                await ErrorReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The token cannot be checked now.", TimeSpan.FromSeconds(5));
                break;
        }
    }

    /// <summary>The one 401.</summary>
    public static Task RefuseAsync(HttpContext context, TimeSpan? retryAfter)
    {
        // A person's browser asks for name and key where the page is; programs get the same answer everywhere.
        context.Response.Headers.WWWAuthenticate = BrowserPage.IsAsked(context.Request)
            ? "Basic realm=\"provision\", charset=\"UTF-8\"" : "Bearer realm=\"openidm\"";
        return ErrorReply.WriteAsync(context, StatusCodes.Status401Unauthorized, ErrorReply.AccessDenied, retryAfter);
    }

    public static ValueTask<AuthenticationResult> CheckAsync(CallerCheck check, HttpContext context) => check.CheckAsync(
        CredentialReader.Read(context.Request.Headers), context.Connection.RemoteIpAddress, LocalCall.IsDirect(context),
        context.Correlation().Logged, context.RequestAborted);
}
