using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Filters;

namespace ProvisioningConnector.Crest.Parameters;

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

    /// <summary>The query of a system object, or the error that such an object answers with (idm-conventions 1.7); null means that none was sent.</summary>
    public static Parsed<SystemQuery> OfSystemObject(QuerySelector? selector) => selector switch
    {
        null => CrestError.Bad("One of _queryId, _queryExpression, or _queryFilter is required."),
        ByFilter filter => new SystemQuery(filter.Filter, IdsOnly: false),
        ById { Id: SystemQuery.AllIds } => new SystemQuery(new QueryFilter.Always(), IdsOnly: true),
        ById id => new CrestError(CrestStatus.BadRequest, $"Unsupported _queryId: {Echo.Bare(id.Id, "(not a name)")}", ErrorDetail.Advice($"System objects know {SystemQuery.AllIds} only. Or use _queryFilter.")),
        ByExpression => CrestError.Bad("_queryExpression is not supported on system objects. Use _queryFilter."),
        _ => throw new InvalidOperationException($"A selector of a kind that nobody handles: {selector.GetType().Name}."),
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
