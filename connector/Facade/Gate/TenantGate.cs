using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>Lets a request through to its endpoint only with the right that this demands.
/// Tenants without a right for the caller look as if they did not exist.</summary>
internal sealed class TenantGate(RequestDelegate next, ConnectorSettings settings)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint) return ErrorReply.WriteAsync(context, StatusCodes.Status404NotFound,
            ErrorReply.NotFound(context.Request.Path));
        // Routing's own answers (405, 415) carry no demand; they run nothing.
        if (endpoint.Metadata.GetMetadata<DemandedRight>() is not { } demanded) return next(context);
        Caller caller = context.Caller();
        if (context.GetRouteValue(RequestCaller.TenantValue) is string tenant)
        {
            if (!caller.CanAccess(tenant) || !settings.Tenants.ContainsKey(tenant)) return UnknownAsync(context, tenant);
            if (demanded.Right is { } right && !caller.Can(tenant, right)) return ForbidAsync(context, right);
        }
        else if (demanded.Right is { } right && !caller.CanAnywhere(right))
        {
            return ForbidAsync(context, right);
        }

        return next(context);
    }

    /// <summary>System objects have words of their own for it (docs/openidm.md#actions).</summary>
    private static Task UnknownAsync(HttpContext context, string tenant) =>
        context.Request.Path.StartsWithSegments("/openidm/system", StringComparison.OrdinalIgnoreCase)
        ? ErrorReply.WriteAsync(context, SystemErrors.SystemNotAvailable(tenant))
        : ErrorReply.WriteAsync(context, StatusCodes.Status404NotFound, ErrorReply.NotFound(context.Request.Path));

    private static Task ForbidAsync(HttpContext context, Right right) =>
        ErrorReply.WriteAsync(context, StatusCodes.Status403Forbidden, RequestCaller.Forbidden(right).Message);
}
