namespace ProvisioningConnector.Crest.Requests;

/// <summary>What a request is, after method, override, headers and parameters have been judged together (docs/openidm.md#get, docs/openidm.md#put,
/// docs/openidm.md#patch).</summary>
public abstract record CrestRequest
{
    private CrestRequest()
    {
    }

    /// <summary>GET of an instance.</summary>
    /// <param name="Unless">What the client has (<c>If-None-Match</c>): where that holds, answer 304. Null when it has nothing.</param>
    public sealed record Read(RevisionCondition? Unless) : CrestRequest;

    /// <summary>GET of a collection with a query.</summary>
    public sealed record Query : CrestRequest;

    /// <summary>GET with <c>_api</c> (OpenAPI) or <c>_crestapi</c> (CREST descriptor).</summary>
    public sealed record Describe(bool OpenApi) : CrestRequest;

    /// <summary>POST to a collection without <c>_action</c>, or with <c>_action=create</c>.</summary>
    public sealed record Create : CrestRequest;

    /// <summary>PUT on an instance, which must exist (else 404): replaces the attributes of the body, leaves all others.</summary>
    public sealed record Update(RevisionCondition Condition) : CrestRequest;

    /// <summary>PATCH of an instance.</summary>
    public sealed record Patch(RevisionCondition Condition) : CrestRequest;

    /// <summary>DELETE of an instance.</summary>
    public sealed record Delete(RevisionCondition Condition) : CrestRequest;

    /// <summary>POST with <c>_action</c>, on a collection or an instance.</summary>
    /// <param name="Name">As sent; an action that the resource does not know is a 400.</param>
    public sealed record Action(string Name) : CrestRequest;
}

/// <summary>What decides what a request is. Headers are null when not sent; several lines of one header are joined by commas.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Resource">The path without <c>/openidm/</c>, for messages: <c>system/azuread/user</c>.</param>
/// <param name="IsCollection">Whether the path is a collection, not an instance.</param>
public sealed record RequestHead(string Method, string Resource, bool IsCollection)
{
    /// <summary><c>X-HTTP-Method-Override</c>; honoured on POST only.</summary>
    public string? MethodOverride { get; init; }

    /// <summary><c>If-Match</c>.</summary>
    public string? IfMatch { get; init; }

    /// <summary><c>If-None-Match</c>.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary><c>If-Modified-Since</c>.</summary>
    public string? IfModifiedSince { get; init; }

    /// <summary><c>If-Unmodified-Since</c>.</summary>
    public string? IfUnmodifiedSince { get; init; }

    /// <summary>The protocol asked for (<c>Accept-API-Version</c>).</summary>
    public ApiVersion Protocol { get; init; } = ApiVersions.Protocol;
}
