using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Parameters;

namespace ProvisioningConnector.Crest.Requests;

/// <summary>Decides what a request is, or why it is none (the tables of docs/openidm.md#get, docs/openidm.md#put and docs/openidm.md#patch). Looks at nothing
/// but head and parameters.</summary>
public static class Dispatch
{
    /// <summary>The method after <c>X-HTTP-Method-Override</c>, in capitals. An override counts on POST only.</summary>
    public static string Method(RequestHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        string sent = head.Method.ToUpperInvariant();
        return sent == "POST" && head.MethodOverride is { } other ? other.Trim().ToUpperInvariant() : sent;
    }

    /// <summary>The request, or the error to answer with.</summary>
    public static Parsed<CrestRequest> Parse(RequestHead head, CrestQuery query, PutReading puts)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(query);
        if (head.IfModifiedSince is not null) return Conflict("If-Modified-Since");
        if (head.IfUnmodifiedSince is not null) return Conflict("If-Unmodified-Since");
        string method = Method(head);
        return method switch
        {
            "GET" => Get(head, query),
            "PUT" => PutTable.Parse(head, puts),
            "PATCH" => Guarded(head, method, "patched", condition => new CrestRequest.Patch(condition)),
            "DELETE" => Guarded(head, method, "deleted", condition => new CrestRequest.Delete(condition)),
            "POST" => Post(head, query),
            _ => new CrestError(CrestStatus.NotImplemented,
                $"Method {SafeQuote.Bare(method, "(not a name)")} not supported. Supported are GET, PUT, PATCH, POST and DELETE."),
        };
    }

    private static Parsed<CrestRequest> Get(RequestHead head, CrestQuery query)
    {
        if (head.IfMatch is not null) return Unmet("If-Match", "GET");
        if (query.Selector is not null)
        {
            if (head.IfNoneMatch is not null) return Unmet("If-None-Match", "GET");
            return head.IsCollection ? new CrestRequest.Query() : Bad($"The resource instance {head.Resource} cannot be queried");
        }

        if (query.Has(ReservedParameter.Api) || query.Has(ReservedParameter.CrestApi)) return new CrestRequest.Describe(query.Has(ReservedParameter.Api));
        RevisionCondition? known = null;
        if (head.IfNoneMatch is { } sent)
        {
            known = EntityTags.Parse(sent);
            if (known is null) return PutTable.Unreadable("If-None-Match");
            if (known is RevisionCondition.Any) return Unmet("If-None-Match: *", "GET");
        }

        return head.IsCollection ? Bad($"The resource collection {head.Resource} cannot be read") : new CrestRequest.Read(known);
    }

    private static Parsed<CrestRequest> Post(RequestHead head, CrestQuery query)
    {
        if (head.IfMatch is not null) return Unmet("If-Match", "POST");
        if (head.IfNoneMatch is not null) return Unmet("If-None-Match", "POST");
        if (query.Action is null && head.Protocol.IsBefore(ApiVersions.CreateByPost))
        {
            return Bad($"POST without '_action' is a create from protocol {ApiVersions.CreateByPost} on; Accept-API-Version asks for {head.Protocol}. "
                + $"Send _action.");
        }

        if (query.Action is { } action && !action.Equals("create", StringComparison.OrdinalIgnoreCase)) return new CrestRequest.Action(action);
        return head.IsCollection
            ? new CrestRequest.Create()
            : Bad($"The resource instance {head.Resource} cannot be created: POST creates in a collection. Send _action for an action.");
    }

    private static Parsed<CrestRequest> Guarded(RequestHead head, string method, string what, Func<RevisionCondition, CrestRequest> request)
    {
        if (head.IfNoneMatch is not null) return Unmet("If-None-Match", method);
        if (PutTable.Condition(head.IfMatch) is not { } condition) return PutTable.Unreadable("If-Match");
        return head.IsCollection ? Bad($"The resource collection {head.Resource} cannot be {what}") : request(condition);
    }

    private static CrestError Bad(string message) => CrestError.Bad(message);

    private static CrestError Unmet(string header, string method) => new(CrestStatus.PreconditionFailed, $"{header} not supported for {method} requests");

    private static CrestError Conflict(string header) => new(CrestStatus.Conflict, $"Header {header} not supported");
}
