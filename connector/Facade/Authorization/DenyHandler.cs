using Microsoft.AspNetCore.Authorization;

namespace ProvisioningConnector.Facade.Authorization;

/// <summary>No caller meets it: what demands no right is open to none.</summary>
internal sealed record DenyRequirement : IAuthorizationRequirement;

/// <summary>Lets through what routing itself answers (405, 415): it runs nothing and belongs to no one.</summary>
internal sealed class DenyHandler : AuthorizationHandler<DenyRequirement, HttpContext>
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, DenyRequirement requirement, HttpContext resource)
    {
        if (resource.GetEndpoint() is { } endpoint and not RouteEndpoint && endpoint.Metadata.Count == 0) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
