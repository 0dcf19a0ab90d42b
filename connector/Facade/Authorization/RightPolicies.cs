using Microsoft.AspNetCore.Authorization;
using ProvisioningConnector.Engine.Evidence.Access;

namespace ProvisioningConnector.Facade.Authorization;

/// <summary>Authorization policies: one for each right, one for every caller, and for whatever says nothing the one that denies.</summary>
internal static class RightPolicies
{
    private const string EveryCaller = "everyCaller";

    public static string Name(Right? right) => right is { } one ? one.Name() : EveryCaller;

    public static void Add(IServiceCollection services) => services
        .AddSingleton<IAuthorizationHandler, RightHandler>().AddSingleton<IAuthorizationHandler, DenyHandler>()
        .AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationReplies>()
        .AddAuthorization(static options =>
        {
            foreach (Right right in Rights.All) options.AddPolicy(Name(right), Policy(new RightRequirement(right)));
            options.AddPolicy(EveryCaller, Policy(new RightRequirement(null)));
            // Both: one for what demands nothing at all, the other for "authorised", which demands no right.
            options.FallbackPolicy = options.DefaultPolicy = Policy(new DenyRequirement());
        });

    private static AuthorizationPolicy Policy(IAuthorizationRequirement requirement) =>
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(requirement).Build();
}
