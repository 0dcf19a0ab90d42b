using System.Security.Cryptography;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing.Patterns;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;
using Scalar.AspNetCore;

namespace ProvisioningConnector.Facade.OpenApi;

/// <summary>The plain API described, in OpenAPI 3.1 and in 2.0, and the page to try it (Scalar). They show the product only, and are shown to every
/// caller.</summary>
internal sealed class OpenApiEndpoints(Descriptions descriptions) : IEndpoints
{
    public const string Newest = "/api/v1/openapi.json";
    public const string Swagger = "/api/v1/swagger.json";
    public const string Page = "/api/v1/";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Newest, async context =>
            await PlainAnswer.From(await descriptions.NewestAsync($"{context.Request.Scheme}://{context.Request.Host}")).WriteAsync(context)).ForEveryCaller();
        routes.MapGet(Swagger, async context =>
            await PlainAnswer.From(await descriptions.PowerPlatformAsync(context.Request.Scheme, context.Request.Host.ToString())).WriteAsync(context))
            .ForEveryCaller();
        routes.MapScalarApiReference(Page.TrimEnd('/'), Show).ForEveryCaller().Finally(OnlyThePage);
    }

    /// <summary>Nothing comes from elsewhere, and only the package's own script runs; its styles are set by that script.</summary>
    private static void Show(ScalarOptions options, HttpContext context)
    {
        string nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        options.WithNonce(nonce).WithTitle("ProvisioningConnector API").WithOpenApiRoutePattern(Newest)
            .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideClientButton().HideDeveloperTools();
        context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'unsafe-inline'; img-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        context.Response.OnStarting(() =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return Task.CompletedTask;
        });
    }

    /// <summary>The package opens its scripts to everybody, and its page to every path below.</summary>
    private static void OnlyThePage(EndpointBuilder endpoint)
    {
        foreach (object open in endpoint.Metadata.OfType<IAllowAnonymous>().ToArray()) endpoint.Metadata.Remove(open);
        if (endpoint is RouteEndpointBuilder { RoutePattern.Parameters.Count: > 0 } page) page.RoutePattern = RoutePatternFactory.Parse(Page);
    }
}
