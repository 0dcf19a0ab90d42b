using System.Text.Json.Nodes;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.OpenApi;

/// <summary>The plain API described, in OpenAPI 3.1 and in 2.0, and the page to try it. They show the product only, and are shown to every caller.</summary>
internal sealed class OpenApiEndpoints : IEndpoints
{
    public const string Newest = "/api/v1/openapi.json";
    public const string Swagger = "/api/v1/swagger.json";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Newest, context => WriteAsync(context, OpenApi31.Make($"{context.Request.Scheme}://{context.Request.Host}"))).ForEveryCaller();
        routes.MapGet(Swagger, context => WriteAsync(context, Swagger20.Make(context.Request.Scheme, context.Request.Host.ToString()))).ForEveryCaller();
        routes.MapGet(PageEndpoint.Path, PageEndpoint.ServeAsync).ForEveryCaller();
    }

    private static Task WriteAsync(HttpContext context, JsonObject document) => PlainAnswer.From(document).WriteAsync(context);
}
