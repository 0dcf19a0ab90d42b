using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain.Bodies;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>Serves a request once its operation's body is read.</summary>
/// <param name="context">The request.</param>
/// <param name="call">What was taken from it.</param>
/// <param name="run">The operation.</param>
internal delegate Task<PlainAnswer> PlainServing(HttpContext context, PlainCall call, Func<PlainCall, CancellationToken, Task<PlainAnswer>> run);

/// <summary>One operation of the plain API: its route, its right and what its description says. Routes and descriptions are made of the same list; the
/// shapes of bodies and answers are types.</summary>
internal abstract record PlainOperation
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

    /// <summary>Whether the path names a user; otherwise a tenant only.</summary>
    public bool IsOfUser => Path.StartsWith(Operations.Texts.User + "/", StringComparison.Ordinal);

    /// <summary>The endpoint's handler.</summary>
    public abstract Delegate Handler(PlainServing serving);
}

/// <summary>An operation with the type of its body.</summary>
internal sealed record PlainOperation<TBody> : PlainOperation
    where TBody : IRequestBody<TBody>
{
    /// <summary>Does it. Not bound to the request: it goes on when the caller is gone.</summary>
    public required Func<PlainCall, TBody, CancellationToken, Task<PlainAnswer>> RunAsync { get; init; }

    /// <inheritdoc/>
    public override Delegate Handler(PlainServing serving) => (PlainRequest<TBody> request, HttpContext context) =>
        serving(context, request.Call, (call, cancellation) => RunAsync(call, request.Body, cancellation));
}

/// <summary>A query parameter.</summary>
internal sealed record QueryShape(string Name, string Description, string Type = "string", ImmutableArray<string> Values = default);

/// <summary>A JSON body.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Example">JSON text.</param>
/// <param name="Required">Whether it must be there.</param>
internal sealed record BodyShape(Type Type, string Example, bool Required = true);

/// <summary>An answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Description">When it is given.</param>
/// <param name="Type">Type of its body; null: no body.</param>
/// <param name="Example">JSON text; null where there is no body.</param>
internal sealed record AnswerShape(int Status, string Description, Type? Type = null, string? Example = null);
