using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>One operation of the plain API: what it does, and its whole description. Routes and descriptions are made of the same list.</summary>
internal sealed record PlainOperation
{
    /// <summary>HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Route and description alike, such as <c>/api/v1/tenants/{tenant}/users/{user}/phones</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Letters and digits, never changed.</summary>
    public required string Id { get; init; }

    public required string Summary { get; init; }

    public required string Description { get; init; }

    /// <summary>What the caller needs.</summary>
    public required Right Right { get; init; }

    public ImmutableArray<QueryShape> Queries { get; init; } = [];

    /// <summary>Null: it takes none.</summary>
    public BodyShape? Body { get; init; }

    /// <summary>Answers that are not problems, the usual one first.</summary>
    public required ImmutableArray<AnswerShape> Answers { get; init; }

    /// <summary>It may change the tenant: dry runs, <c>If-Match</c> and <c>Idempotency-Key</c> mean something.</summary>
    public bool Writes { get; init; }

    /// <summary>Does it. Not bound to the request: it goes on when the caller is gone.</summary>
    public required Func<PlainCall, CancellationToken, Task<PlainAnswer>> RunAsync { get; init; }
}

/// <summary>A query parameter.</summary>
internal sealed record QueryShape(string Name, string Description, string Type = "string", ImmutableArray<string> Values = default);

/// <summary>A JSON body.</summary>
/// <param name="Schema">Name of its schema.</param>
/// <param name="Example">JSON text.</param>
/// <param name="Required">Whether it must be there.</param>
internal sealed record BodyShape(string Schema, string Example, bool Required = true);

/// <summary>An answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Description">When it is given.</param>
/// <param name="Schema">Name of its schema; null: no body.</param>
/// <param name="Example">JSON text; null where there is no body.</param>
internal sealed record AnswerShape(int Status, string Description, string? Schema = null, string? Example = null);
