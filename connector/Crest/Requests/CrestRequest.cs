namespace ProvisioningConnector.Crest.Requests;

/// <summary>What a request is, after method, override, headers and parameters have been judged together (idm-conventions 1.2, 1.3, 1.5).</summary>
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
