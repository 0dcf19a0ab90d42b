using Microsoft.AspNetCore.Authorization;
using ProvisioningConnector.Engine.Evidence.Access;

namespace ProvisioningConnector.Facade.Authorization;

/// <summary>What an endpoint demands of its callers: the authorization policy of a right.</summary>
/// <param name="right">Null: every caller may use it.</param>
internal sealed class RequireRightAttribute(Right? right) : AuthorizeAttribute(RightPolicies.Name(right))
{
    public Right? Right => right;
}

/// <summary>For endpoints.</summary>
internal static class RequireRight
{
    /// <summary>
    /// The route names a tenant in <c>{tenant}</c>, or none: the request reaches its endpoint only when its caller has this right there (or in some tenant).
    /// Every endpoint must demand a right, or say <see cref="ForEveryCaller"/>; the program does not start otherwise.
    /// </summary>
    public static TBuilder Demanding<TBuilder>(this TBuilder endpoint, Right right)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequireRightAttribute(right));

    /// <summary>Any authenticated caller may use it; the endpoint itself shows only what the caller may see.</summary>
    public static TBuilder ForEveryCaller<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequireRightAttribute(null));
}
