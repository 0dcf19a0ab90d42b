using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ProvisioningConnector.Facade.OpenApi;

/// <summary>What a description says beside its operations: what the API is, how callers sign in, what a problem is.</summary>
/// <param name="isForPowerPlatform">One way to sign in, since custom connectors know one only.</param>
internal sealed class DescribedDocument(bool isForPowerPlatform) : IOpenApiDocumentTransformer
{
    /// <summary>Name of the schema and of the answer of every problem.</summary>
    public const string Problem = "Problem";

    private const string Description = "Authentication methods of single Microsoft Entra ID users: phones, e-mail, other methods, SMS sign-in, passwords. "
        + "Every change is planned, guarded, executed, verified and recorded like a run. "
        + "PUT and DELETE can be repeated; POST with an Idempotency-Key. Problems are RFC 9457 with a stable code.";

    /// <summary>The answer of every problem.</summary>
    public static OpenApiResponse ProblemResponse(OpenApiDocument? document) => new()
    {
        Description = "A problem.",
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
        {
            ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Problem, document) },
        },
    };

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "ProvisioningConnector", Version = "1.0", Description = Description };
        document.Tags = null;
        document.Servers = null;
        OpenApiComponents components = document.Components ??= new OpenApiComponents();
        if (!isForPowerPlatform) components.Responses = new Dictionary<string, IOpenApiResponse>(StringComparer.Ordinal)
        {
            [Problem] = ProblemResponse(document),
        };
        Dictionary<string, IOpenApiSecurityScheme> schemes = new(StringComparer.Ordinal);
        if (!isForPowerPlatform) schemes["bearer"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, or a token of a configured issuer.",
        };
        schemes["basic"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "basic", Description = "Name of an API key, and the key.",
        };
        components.SecuritySchemes = schemes;
        document.Security =
        [
            .. schemes.Keys.Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, document)] = [] }),
        ];
        return Task.CompletedTask;
    }
}
