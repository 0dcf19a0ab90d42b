namespace ProvisioningConnector.Facade.Http;

/// <summary>What the outermost step of the gate gave a request.</summary>
internal static class RequestContext
{
    /// <summary>How the request is found again.</summary>
    public static Correlation Correlation(this HttpContext context) =>
        context.Features.Get<Correlation>() ?? throw new InvalidOperationException("The request did not pass the front gate.");
}
