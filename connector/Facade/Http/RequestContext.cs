using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Http;

/// <summary>What the steps before an endpoint gave a request.</summary>
internal static class RequestContext
{
    /// <summary>How the request is found again.</summary>
    public static Correlation Correlation(this HttpContext context) =>
        context.Features.Get<Correlation>() ?? throw new InvalidOperationException("The request did not pass the front gate.");

    /// <summary>Who calls.</summary>
    public static Caller Caller(this HttpContext context) =>
        context.FindCaller() ?? throw new InvalidOperationException("The request's caller is not authenticated.");

    /// <summary>Who calls; null: not authenticated.</summary>
    public static Caller? FindCaller(this HttpContext context) => (context.User.Identity as CallerIdentity)?.Caller;
}
