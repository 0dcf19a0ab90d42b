using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Plain;
using ProvisioningConnector.Facade.Plain.Bodies;

namespace ProvisioningConnector.Facade.OpenApi;

/// <summary>Operations as their endpoints say (<see cref="PlainOperation"/>).</summary>
/// <param name="isForPowerPlatform">In OpenAPI 2.0, as custom connectors need it: with Microsoft's extensions, no alternatives of schemas, one answer for
/// all problems.</param>
internal sealed class DescribedOperations(bool isForPowerPlatform) : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    /// <summary>Whether an endpoint is one of the plain API's operations.</summary>
    public static PlainOperation? Find(IEnumerable<object> metadata) => metadata.OfType<PlainOperation>().FirstOrDefault();

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        PlainOperation described = Find(context.Description.ActionDescriptor.EndpointMetadata)
            ?? throw new InvalidOperationException($"{context.Description.RelativePath} is no operation of the plain API.");
        operation.OperationId = described.Id;
        operation.Summary = described.Summary;
        operation.Description = $"{described.Description} Right: {described.Right.Name()}.";
        // The package would tag all with the name of the program.
        operation.Tags = new HashSet<OpenApiTagReference>();
        operation.Parameters = [.. Parameter.For(described).Select(Describe)];
        operation.RequestBody = described.Body is { } body ? Describe(body, operation.RequestBody) : null;
        operation.Responses = Describe(described, operation.Responses ?? [], context.Document);
        return Task.CompletedTask;
    }

    private IOpenApiParameter Describe(Parameter parameter)
    {
        OpenApiParameter reported = new()
        {
            Name = parameter.Name, Description = parameter.Description, Required = parameter.In == "path",
            In = parameter.In switch
            {
                "path" => ParameterLocation.Path,
                "query" => ParameterLocation.Query,
                _ => ParameterLocation.Header,
            },
            Schema = new OpenApiSchema
            {
                Type = parameter.Type == "boolean" ? JsonSchemaType.Boolean : JsonSchemaType.String,
                Enum = parameter.Values.IsEmpty ? null : [.. parameter.Values.Select(static v => (JsonNode)v)],
            },
        };
        if (!isForPowerPlatform) return reported;
        reported.AddExtension("x-ms-summary", new JsonNodeExtension(parameter.Title));
        // Identifiers hold signs that a single encoding would take apart.
        if (parameter.In == "path" && parameter.Values.IsEmpty) reported.AddExtension("x-ms-url-encoding", new JsonNodeExtension("single"));
        if (parameter.In != "path") reported.AddExtension("x-ms-visibility", new JsonNodeExtension("advanced"));
        return reported;
    }

    private static OpenApiRequestBody Describe(BodyShape body, IOpenApiRequestBody? found) => new()
    {
        Required = body.Required,
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [Json] = new() { Schema = found?.Content?.Values.First().Schema, Example = JsonNode.Parse(body.Example) },
        },
    };

    private OpenApiResponses Describe(PlainOperation operation, OpenApiResponses found, OpenApiDocument? document)
    {
        OpenApiResponses responses = [];
        foreach (AnswerShape answer in operation.Answers)
        {
            string status = answer.Status.ToString(CultureInfo.InvariantCulture);
            responses[status] = Describe(operation, answer, found.TryGetValue(status, out IOpenApiResponse? known) ? known : null, document);
        }

        foreach (string status in Problems(operation)) responses[status] = isForPowerPlatform
            ? DescribedDocument.ProblemResponse(document) : new OpenApiResponseReference(DescribedDocument.Problem, document);
        return responses;
    }

    private OpenApiResponse Describe(PlainOperation operation, AnswerShape answer, IOpenApiResponse? found, OpenApiDocument? document)
    {
        OpenApiResponse reported = new() { Description = answer.Description };
        if (answer.Type is null || answer.Example is null) return reported;
        IOpenApiSchema? schema = found?.Content?[Json].Schema;
        if (!isForPowerPlatform)
        {
            reported.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
            {
                ["ETag"] = new OpenApiHeader
                {
                    Description = "Revision of the user, for If-Match.", Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            };
            if (operation.Writes && answer.Status == StatusCodes.Status200OK && answer.Type != typeof(PlanView) && schema is not null)
                schema = new OpenApiSchema { AnyOf = [schema, new OpenApiSchemaReference("Plan", document)] };
        }

        reported.Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            [Json] = new() { Schema = schema, Example = JsonNode.Parse(answer.Example) },
        };
        return reported;
    }

    private string[] Problems(PlainOperation operation) => isForPowerPlatform ? ["default"] : operation.Writes
        ? ["400", "401", "403", "404", "409", "412", "422", "429", "500", "502", "503", "default"]
        : ["400", "401", "403", "404", "422", "429", "502", "503", "default"];
}
