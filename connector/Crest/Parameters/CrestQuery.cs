using System.Collections.Immutable;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Filters;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Paging;
using ProvisioningConnector.Crest.Requests;

namespace ProvisioningConnector.Crest.Parameters;

/// <summary>The query string of a request, typed. Whether each parameter may be sent with a request is the matter of <see cref="ParameterRules"/>.</summary>
public sealed record CrestQuery
{
    /// <summary>No parameter at all.</summary>
    public static CrestQuery Empty { get; } = new();

    /// <summary>What a query asks for; null when the request is no query.</summary>
    public QuerySelector? Selector { get; init; }

    /// <summary><c>_fields</c>.</summary>
    public FieldSelection Fields { get; init; } = FieldSelection.Default;

    /// <summary><c>_pageSize</c>, <c>_pagedResultsCookie</c>, <c>_pagedResultsOffset</c>.</summary>
    public PageRequest Page { get; init; } = PageRequest.Everything;

    /// <summary><c>_sortKeys</c>, first key first.</summary>
    public ImmutableArray<QuerySortKey> SortKeys { get; init; } = [];

    /// <summary><c>_totalPagedResultsPolicy</c>.</summary>
    public CountPolicy CountPolicy { get; init; }

    /// <summary><c>_countOnly</c>: answer a query with the number of its results and nothing else.</summary>
    public bool CountOnly { get; init; }

    /// <summary><c>_prettyPrint</c>: indent the answer.</summary>
    public bool PrettyPrint { get; init; }

    /// <summary><c>_mimeType</c>: answer with the raw value of the one field of <see cref="Fields"/>, as this content type; null for JSON. It concerns GET
    /// only; with writes it is accepted and means nothing.</summary>
    public string? MimeType { get; init; }

    /// <summary><c>_action</c>; null when not sent.</summary>
    public string? Action { get; init; }

    /// <summary><c>_dryRun</c>; null when not sent.</summary>
    public bool? DryRun { get; init; }

    /// <summary>The reserved parameters that were sent.</summary>
    public ImmutableArray<ReservedParameter> Sent { get; init; } = [];

    /// <summary>All other parameters, as sent.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Additional { get; init; } = [];

    /// <summary>Whether a reserved parameter was sent.</summary>
    public bool Has(ReservedParameter parameter) => Sent.Contains(parameter);

    /// <summary>The value of an additional parameter of an action, its name matched exactly; null when not sent, 400 when sent twice.</summary>
    public Parsed<string?> ValueOf(string name)
    {
        string? found = null;
        foreach ((string key, string value) in Additional)
        {
            if (!key.Equals(name, StringComparison.Ordinal)) continue;
            if (found is not null) return ParameterReader.Multiple(name);
            found = value;
        }

        return found;
    }
}

/// <summary>What a query asks for. Exactly one of the three can be sent.</summary>
public abstract record QuerySelector
{
    private QuerySelector()
    {
    }

    /// <summary><c>_queryFilter</c>.</summary>
    public sealed record ByFilter(QueryFilter Filter) : QuerySelector;

    /// <summary><c>_queryId</c>.</summary>
    public sealed record ById(string Id) : QuerySelector;

    /// <summary><c>_queryExpression</c>; system objects do not support it.</summary>
    public sealed record ByExpression(string Expression) : QuerySelector
    {
        /// <inheritdoc />
        public override string ToString() => nameof(ByExpression);
    }

    /// <summary>The query of a system object, or the error that such an object answers with (docs/openidm.md#queries); null means that none was sent.</summary>
    public static Parsed<SystemQuery> OfSystemObject(QuerySelector? selector) => selector switch
    {
        null => CrestError.Bad("One of _queryId, _queryExpression, or _queryFilter is required."),
        ByFilter filter => new SystemQuery(filter.Filter, IdsOnly: false),
        ById { Id: SystemQuery.AllIds } => new SystemQuery(new QueryFilter.Always(), IdsOnly: true),
        ById id => new CrestError(CrestStatus.BadRequest, $"Unsupported _queryId: {SafeQuote.Bare(id.Id, "(not a name)")}",
            ErrorDetail.Advice($"System objects know {SystemQuery.AllIds} only. Or use _queryFilter.")),
        ByExpression => CrestError.Bad("_queryExpression is not supported on system objects. Use _queryFilter."),
        _ => throw new InvalidOperationException($"A selector is of an unknown kind: {selector.GetType().Name}."),
    };
}

/// <summary>A query as system objects understand it.</summary>
/// <param name="Filter">Which objects.</param>
/// <param name="IdsOnly">Items hold <c>_id</c> only (<c>query-all-ids</c>).</param>
public sealed record SystemQuery(QueryFilter Filter, bool IdsOnly)
{
    /// <summary>The only <c>_queryId</c> that system objects know.</summary>
    public const string AllIds = "query-all-ids";
}
