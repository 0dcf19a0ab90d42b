using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>What an endpoint asks of its request.</summary>
internal static class RequestCaller
{
    /// <summary>Name of the route value that holds a tenant's name.</summary>
    public const string TenantValue = "tenant";

    /// <summary>Who calls.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("The request did not pass the front gate.");

    /// <summary>
    /// The route names a tenant in <c>{tenant}</c>, or none: the request reaches its endpoint only when its caller has this right there (or in some tenant).
    /// Every endpoint must demand a right, or say <see cref="ForEveryCaller"/>; the program does not start otherwise.
    /// </summary>
    public static TBuilder Demanding<TBuilder>(this TBuilder endpoint, Right right)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new DemandedRight(right));

    /// <summary>Any authenticated caller may use it; the endpoint itself shows only what the caller may see.</summary>
    public static TBuilder ForEveryCaller<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new DemandedRight(null));

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

/// <summary>What an endpoint demands of its callers.</summary>
/// <param name="Right">Null: every caller may use it.</param>
internal sealed record DemandedRight(Right? Right);
