using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ProvisioningConnector.Crest.Parameters;

/// <summary>How the reserved parameters are spelt. They are matched without regard to case.</summary>
public static class ParameterNames
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [.. Enum.GetValues<ReservedParameter>().Select(For)];

    private static readonly FrozenDictionary<string, ReservedParameter> ByName =
        Enum.GetValues<ReservedParameter>().ToFrozenDictionary(For, StringComparer.OrdinalIgnoreCase);

    /// <summary>The parameter of that name; null when it is not reserved.</summary>
    public static ReservedParameter? Find(string name) => ByName.TryGetValue(name, out ReservedParameter parameter) ? parameter : null;

    /// <summary>The name of a parameter, with its underscore.</summary>
    public static string For(ReservedParameter parameter) => parameter switch
    {
        ReservedParameter.Action => "_action",
        ReservedParameter.Api => "_api",
        ReservedParameter.CountOnly => "_countOnly",
        ReservedParameter.CrestApi => "_crestapi",
        ReservedParameter.DryRun => "_dryRun",
        ReservedParameter.Fields => "_fields",
        ReservedParameter.MimeType => "_mimeType",
        ReservedParameter.PageSize => "_pageSize",
        ReservedParameter.PagedResultsCookie => "_pagedResultsCookie",
        ReservedParameter.PagedResultsOffset => "_pagedResultsOffset",
        ReservedParameter.PrettyPrint => "_prettyPrint",
        ReservedParameter.QueryExpression => "_queryExpression",
        ReservedParameter.QueryFilter => "_queryFilter",
        ReservedParameter.QueryId => "_queryId",
        ReservedParameter.SortKeys => "_sortKeys",
        ReservedParameter.TotalPagedResultsPolicy => "_totalPagedResultsPolicy",
    };
}

/// <summary>The query parameters that CREST reserves (docs/openidm.md#addresses-and-parameters), PingIDM's <see cref="CountOnly"/>, and our
/// <see cref="DryRun"/>.</summary>
public enum ReservedParameter
{
    Action,
    Api,
    CountOnly,
    CrestApi,
    DryRun,
    Fields,
    MimeType,
    PageSize,
    PagedResultsCookie,
    PagedResultsOffset,
    PrettyPrint,
    QueryExpression,
    QueryFilter,
    QueryId,
    SortKeys,
    TotalPagedResultsPolicy,
}
