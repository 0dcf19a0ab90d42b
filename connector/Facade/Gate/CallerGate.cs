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
                // A person's browser asks for name and key where the page is; programs get the same answer everywhere.
                context.Response.Headers.WWWAuthenticate = BrowserPage.IsAsked(context.Request)
                    ? "Basic realm=\"provision\", charset=\"UTF-8\"" : "Bearer realm=\"openidm\"";
                await ErrorReply.WriteAsync(context, StatusCodes.Status401Unauthorized, ErrorReply.AccessDenied, refused.RetryAfter);
                break;
            case AuthenticationResult.Unknown:
                await ErrorReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The token cannot be checked now.", TimeSpan.FromSeconds(5));
                break;
        }
    }

    public static ValueTask<AuthenticationResult> CheckAsync(CallerCheck check, HttpContext context) => check.CheckAsync(
        CredentialReader.Read(context.Request.Headers), context.Connection.RemoteIpAddress, LocalCall.IsDirect(context),
        context.Correlation().TransactionId, context.RequestAborted);
}
