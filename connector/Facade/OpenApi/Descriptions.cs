using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ProvisioningConnector.Facade.Plain;
using ProvisioningConnector.Facade.Plain.Operations;

namespace ProvisioningConnector.Facade.OpenApi;

/// <summary>The plain API described by ASP.NET Core from its endpoints, in OpenAPI 3.1 and in 2.0. Each is made once; host and scheme are the
/// caller's.</summary>
internal sealed class Descriptions(
    [FromKeyedServices(Descriptions.Newest)] IOpenApiDocumentProvider newest, [FromKeyedServices(Descriptions.PowerPlatform)] IOpenApiDocumentProvider old)
{
    /// <summary>Name of the document in OpenAPI 3.1.</summary>
    public const string Newest = "openapi";

    /// <summary>Name of the document in OpenAPI 2.0, which custom connectors of Power Platform import.</summary>
    public const string PowerPlatform = "swagger";

    // Two first requests at once make the same twice.
    private volatile JsonObject? _newest;
    private volatile JsonObject? _old;

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Descriptions>();
        // A number in quotes is no number here.
        services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        Add(services, Newest, OpenApiSpecVersion.OpenApi3_1);
        Add(services, PowerPlatform, OpenApiSpecVersion.OpenApi2_0);
    }

    /// <param name="origin">Scheme, host and port by which the caller reached us.</param>
    public async Task<JsonObject> NewestAsync(string origin)
    {
        JsonObject document = Copy(_newest ??= await MakeAsync(newest, OpenApiSpecVersion.OpenApi3_1));
        document["servers"] = new JsonArray(new JsonObject { ["url"] = origin });
        return document;
    }

    /// <param name="scheme">http or https.</param>
    /// <param name="host">Host and port by which the caller reached us.</param>
    public async Task<JsonObject> PowerPlatformAsync(string scheme, string host)
    {
        JsonObject document = Copy(_old ??= await MakeOldAsync(old));
        document["host"] = host;
        document["basePath"] = "/";
        document["schemes"] = new JsonArray(scheme);
        document["consumes"] = new JsonArray("application/json");
        document["produces"] = new JsonArray("application/json", "application/problem+json");
        return document;
    }

    private static void Add(IServiceCollection services, string name, OpenApiSpecVersion version) => services.AddOpenApi(name, options =>
    {
        bool isForPowerPlatform = version == OpenApiSpecVersion.OpenApi2_0;
        options.OpenApiVersion = version;
        options.ShouldInclude = static endpoint => DescribedOperations.Find(endpoint.ActionDescriptor.EndpointMetadata) is not null;
        options.CreateSchemaReferenceId = static type => DescribedSchemas.Name(type.Type);
        options.AddSchemaTransformer(new DescribedSchemas());
        options.AddOperationTransformer(new DescribedOperations(isForPowerPlatform));
        options.AddDocumentTransformer(new DescribedDocument(isForPowerPlatform));
    });

    private static async Task<JsonObject> MakeAsync(IOpenApiDocumentProvider provider, OpenApiSpecVersion version)
    {
        OpenApiDocument document = await provider.GetOpenApiDocumentAsync();
        return JsonNode.Parse(await document.SerializeAsJsonAsync(version)) as JsonObject ?? throw new InvalidOperationException("A description is no object.");
    }

    private static async Task<JsonObject> MakeOldAsync(IOpenApiDocumentProvider provider)
    {
        JsonObject document = await MakeAsync(provider, OpenApiSpecVersion.OpenApi2_0);
        // Custom connectors show the example of a body's schema.
        foreach (BodyShape body in PlainOperations.All.Select(static o => o.Body).OfType<BodyShape>())
        {
            if (DescribedSchemas.Name(body.Type) is { } name && document["definitions"]?[name] is JsonObject schema)
                schema["example"] = JsonNode.Parse(body.Example);
        }

        return document;
    }

    private static JsonObject Copy(JsonObject document) => document.DeepClone() as JsonObject ?? [];
}
