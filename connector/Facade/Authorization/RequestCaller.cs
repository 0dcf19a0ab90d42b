using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Authorization;

/// <summary>What an endpoint asks of its request's caller.</summary>
internal static class RequestCaller
{
    /// <summary>Name of the route value that holds a tenant's name.</summary>
    public const string TenantValue = "tenant";

    /// <summary>For rights that depend on the content of a request, such as which attributes it changes.</summary>
    /// <exception cref="FacadeRefusal">403; 404 where the caller does not see the tenant.</exception>
    public static void Demand(this HttpContext context, string tenant, Right right)
    {
        Caller caller = context.Caller();
        if (!caller.CanAccess(tenant)) throw FacadeRefusal.NotFound(context.Request.Path);
        if (!caller.Can(tenant, right)) throw Forbidden(right);
    }

    public static FacadeRefusal Forbidden(Right right) => new(StatusCodes.Status403Forbidden, $"The right '{right.Name()}' is needed.");
}
