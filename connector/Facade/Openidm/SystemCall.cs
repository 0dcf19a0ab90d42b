using Microsoft.Extensions.Primitives;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Parameters;
using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>A request as CREST reads it: what it is, and its parameters.</summary>
/// <param name="Request">What it is.</param>
/// <param name="Query">Its parameters.</param>
/// <param name="IsDryRun">Nothing may be written.</param>
internal sealed record SystemCall(CrestRequest Request, CrestQuery Query, bool IsDryRun)
{
    /// <param name="context">The request.</param>
    /// <param name="resource">The path without <c>/openidm/</c>, for messages.</param>
    /// <param name="isCollection">Whether it is a collection.</param>
    /// <param name="actions">The resource's actions.</param>
    /// <param name="puts">How strictly a PUT is read.</param>
    public static Parsed<SystemCall> Read(
        HttpContext context, string resource, bool isCollection, KnownActions actions, PutReading puts)
    {
        IHeaderDictionary headers = context.Request.Headers;
        if (!ApiVersions.Parse(Header(headers[ApiVersions.RequestHeader])).Succeeded(out ApiVersions? versions, out CrestError? error)) return error;
        if (!ParameterReader.Read(PrettyPrint.Pairs(context.Request)).Succeeded(out CrestQuery? query, out error)) return error;
        RequestHead head = new(context.Request.Method, resource, isCollection)
        {
            MethodOverride = Header(headers["X-HTTP-Method-Override"]), IfMatch = Header(headers.IfMatch), IfNoneMatch = Header(headers.IfNoneMatch),
            IfModifiedSince = Header(headers.IfModifiedSince), IfUnmodifiedSince = Header(headers.IfUnmodifiedSince), Protocol = versions.Wire,
        };
        if (!Dispatch.Parse(head, query, puts).Succeeded(out CrestRequest? request, out error)) return error;
        // An action that there is not is named before its parameters, which mean nothing here either.
        if (request is CrestRequest.Action action && actions.Refusal(action.Name) is { } unknown) return unknown;
        if (ParameterRules.Check(request, query, actions.Parameters) is { } misplaced) return misplaced;
        Parsed<bool> isDryRun = request is CrestRequest.Read or CrestRequest.Query
            ? context.Request.IsDryRunRead(query.DryRun) : context.Request.IsDryRunWrite(query.DryRun);
        if (!isDryRun.Succeeded(out bool dry, out error)) return error;
        bool needsBody = request is CrestRequest.Update or CrestRequest.Patch;
        bool hasBody = needsBody || context.Request.ContentLength > 0 || headers.TransferEncoding.Count > 0;
        bool takesBody = needsBody || request is CrestRequest.Action or CrestRequest.Create;
        if (takesBody && hasBody && RequestBody.Refusal(context.Request, BodyDialect.Crest, hasBody) is { } body) return body;
        return new SystemCall(request, query, dry);
    }

    private static string? Header(StringValues values) => values.Count == 0 ? null : values.ToString();
}

/// <summary>The actions of a resource.</summary>
/// <param name="Names">As they are spelt.</param>
/// <param name="Parameters">Parameters of their own.</param>
internal sealed record KnownActions(IReadOnlyCollection<string> Names, IReadOnlyCollection<string> Parameters)
{
    /// <summary>None at all.</summary>
    public static KnownActions None { get; } = new([], []);

    /// <summary>The error, or null when the resource has this action.</summary>
    public CrestError? Refusal(string action) =>
        Names.Contains(action, StringComparer.OrdinalIgnoreCase) ? null : SystemErrors.UnsupportedAction(action, Names);
}
