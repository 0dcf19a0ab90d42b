using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Requests;

/// <summary>How a PUT on a system object is read (docs/openidm.md#put).</summary>
public enum PutReading
{
    /// <summary>As Ping's documentation uses it: <c>If-None-Match: *</c> and no header at all update an object that exists.</summary>
    Documented,

    /// <summary>As the real server answers: both of these are 404.</summary>
    Strict,
}

/// <summary>The table of docs/openidm.md#put. Ping's own pages and its server disagree, hence <see cref="PutReading"/>.</summary>
internal static class PutTable
{
    public static Parsed<CrestRequest> Parse(RequestHead head, PutReading puts)
    {
        if (head is { IfMatch: not null, IfNoneMatch: not null })
        {
            return new CrestError(CrestStatus.PreconditionFailed, "Simultaneous use of If-Match and If-None-Match not supported for PUT requests");
        }

        if (head.IfNoneMatch is { } none)
        {
            if (EntityTags.Parse(none) is not RevisionCondition.Any) return Unsupported(none);
            if (puts == PutReading.Strict) return NotFound("Create with client provided ID is not supported.");
        }

        bool bare = head is { IfMatch: null, IfNoneMatch: null };
        if (bare && puts == PutReading.Strict && head.Protocol.Major >= 2)
        {
            return NotFound("UPSERT (i.e. PUT without the 'if-match' nor 'if-none-match' header) is not supported.");
        }

        if (Condition(head.IfMatch) is not { } condition) return Unreadable("If-Match");
        return head.IsCollection ? CrestError.Bad($"The resource collection {head.Resource} cannot be updated") : new CrestRequest.Update(condition);
    }

    /// <summary>The condition of <c>If-Match</c>; not sent is any revision; null when it cannot be understood.</summary>
    public static RevisionCondition? Condition(string? ifMatch) => ifMatch is null ? RevisionCondition.Unconditional : EntityTags.Parse(ifMatch);

    public static CrestError Unreadable(string header) =>
        CrestError.Bad($"The header {header} holds no revision that can be understood. Nothing was done. Send \"revision\" or *.");

    private static CrestError Unsupported(string header)
    {
        string value = header.Trim();
        if (value.Length >= 2 && value[0] == '"' && value[^1] == '"') value = value[1..^1];
        return CrestError.Bad($"\"{(value.Length == 0 ? "" : SafeQuote.Bare(value, "…"))}\" is not a supported value for If-None-Match on PUT");
    }

    private static CrestError NotFound(string message) => new(CrestStatus.NotFound, message);
}
