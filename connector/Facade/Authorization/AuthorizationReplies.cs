using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Authorization;

/// <summary>Answers requests that may not reach their endpoint: 401 by the authentication scheme, 404 for what the caller does not see, 403 with the right
/// that is missing.</summary>
internal sealed class AuthorizationReplies : IAuthorizationMiddlewareResultHandler
{
    /// <inheritdoc/>
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return next(context);
        if (authorizeResult.Challenged) return context.ChallengeAsync();
        return authorizeResult.AuthorizationFailure?.FailureReasons.FirstOrDefault() switch
        {
            UnseenTenant unseen => UnseenAsync(context, unseen.Tenant),
            MissingRight missing => ErrorReply.WriteAsync(context, StatusCodes.Status403Forbidden, RequestCaller.Forbidden(missing.Right).Message),
            _ when context.GetEndpoint() is null => ErrorReply.WriteAsync(context, StatusCodes.Status404NotFound, ErrorReply.NotFound(context.Request.Path)),
            _ => ErrorReply.WriteAsync(context, StatusCodes.Status403Forbidden, ErrorReply.Reason(StatusCodes.Status403Forbidden)),
        };
    }

    /// <summary>System objects have words of their own for it (docs/openidm.md#actions).</summary>
    private static Task UnseenAsync(HttpContext context, string tenant) =>
        context.Request.Path.StartsWithSegments("/openidm/system", StringComparison.OrdinalIgnoreCase)
            ? ErrorReply.WriteAsync(context, SystemErrors.SystemNotAvailable(tenant))
            : ErrorReply.WriteAsync(context, StatusCodes.Status404NotFound, ErrorReply.NotFound(context.Request.Path));
}
