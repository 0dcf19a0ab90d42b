namespace ProvisioningConnector.Crest.Requests;

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
