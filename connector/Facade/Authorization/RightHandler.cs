using Microsoft.AspNetCore.Authorization;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Authorization;

/// <summary>The caller has this right in the tenant that the route names, or in some tenant where it names none.</summary>
/// <param name="Right">Null: no right is needed beside the sight of the tenant.</param>
internal sealed record RightRequirement(Right? Right) : IAuthorizationRequirement;

/// <summary>Judges <see cref="RightRequirement"/>. Tenants without a right for the caller are as absent as those that do not exist.</summary>
internal sealed class RightHandler(ConnectorSettings settings) : AuthorizationHandler<RightRequirement, HttpContext>
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RightRequirement requirement, HttpContext resource)
    {
        if (resource.FindCaller() is not { } caller) return Task.CompletedTask;
        if (resource.GetRouteValue(RequestCaller.TenantValue) is string tenant && !(caller.CanAccess(tenant) && settings.Tenants.ContainsKey(tenant)))
            context.Fail(new UnseenTenant(this, tenant));
        else if (requirement.Right is { } right && !Can(caller, resource, right)) context.Fail(new MissingRight(this, right));
        else context.Succeed(requirement);
        return Task.CompletedTask;
    }

    private static bool Can(Caller caller, HttpContext request, Right right) =>
        request.GetRouteValue(RequestCaller.TenantValue) is string tenant ? caller.Can(tenant, right) : caller.CanAnywhere(right);
}

/// <summary>The tenant does not exist, or the caller has no right in it.</summary>
internal sealed class UnseenTenant(IAuthorizationHandler handler, string tenant) : AuthorizationFailureReason(handler, "the tenant is not seen")
{
    public string Tenant => tenant;
}

/// <summary>The caller sees the tenant and lacks the right.</summary>
internal sealed class MissingRight(IAuthorizationHandler handler, Right right) : AuthorizationFailureReason(handler, "a right is missing")
{
    public Right Right => right;
}
