using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Filters;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Paging;

namespace ProvisioningConnector.Crest.Parameters;

/// <summary>Reads a query string, given as decoded pairs in their order, into a <see cref="CrestQuery"/> (docs/openidm.md#addresses-and-parameters,
/// docs/openidm.md#queries).</summary>
public static class ParameterReader
{
    private const int LongestCookie = 8192;

    /// <summary>
    /// Only <c>_fields</c> and <c>_sortKeys</c> may occur more than once. <c>_prettyPrint</c> takes anything that is not "true" for false, as CREST
    /// does; all other values are judged strictly.
    /// </summary>
    public static Parsed<CrestQuery> Read(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        SortedDictionary<ReservedParameter, List<string>> sent = [];
        ImmutableArray<KeyValuePair<string, string>>.Builder additional = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (KeyValuePair<string, string> pair in pairs)
        {
            if (ParameterNames.Find(pair.Key) is not { } parameter) additional.Add(pair);
            else if (!sent.TryGetValue(parameter, out List<string>? values)) sent[parameter] = [pair.Value];
            else if (parameter is ReservedParameter.Fields or ReservedParameter.SortKeys) values.Add(pair.Value);
            else return Multiple(ParameterNames.For(parameter));
        }

        Parsed<CrestQuery> query = new CrestQuery { Sent = [.. sent.Keys], Additional = additional.ToImmutable() };
        foreach ((ReservedParameter parameter, List<string> values) in sent) query = query.Then(read => With(read, parameter, values));
        return query.Then(Whole);
    }

    /// <summary>Whether the answer is to be indented, even if it is an error about these very parameters.</summary>
    public static bool WantsPretty(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return pairs.Any(pair => ParameterNames.Find(pair.Key) == ReservedParameter.PrettyPrint && IsTrue(pair.Value));
    }

    internal static CrestError Multiple(string name) => CrestError.Bad($"Multiple values provided for the single-valued request parameter '{name}'");

    private static Parsed<CrestQuery> With(CrestQuery query, ReservedParameter parameter, List<string> values)
    {
        string value = values[0];
        return parameter switch
        {
            ReservedParameter.Action => Named(value) ? query with { Action = value }
                : Bad(parameter, "is not the name of an action", "Write letters, digits, _ and - only."),
            ReservedParameter.Api or ReservedParameter.CrestApi => query,
            ReservedParameter.CountOnly => Flag(value) is { } count ? query with { CountOnly = count }
                : Bad(parameter, "is neither true nor false", "Write true or false."),
            ReservedParameter.DryRun => DryRuns.Parse(value) is { } dry
                ? query with { DryRun = dry } : DryRuns.Refusal("The value of the request parameter '_dryRun'"),
            ReservedParameter.Fields => FieldSelection.Parse(values).Then<CrestQuery>(fields => query with { Fields = fields }),
            ReservedParameter.MimeType => value.Length == 0 ? query
                : MimeTypes.IsValid(value) ? query with { MimeType = value }
                : Bad(parameter, "can't be parsed as a content type", "Write type/subtype, e.g. text/plain."),
            ReservedParameter.PageSize => Number(parameter, value).Then<CrestQuery>(size => query with { Page = query.Page with { Size = size } }),
            ReservedParameter.PagedResultsOffset =>
                Number(parameter, value).Then<CrestQuery>(offset => query with { Page = query.Page with { Offset = offset } }),
            ReservedParameter.PagedResultsCookie => value.Length > LongestCookie
                ? Bad(parameter, "is longer than any cookie given out", "Send the cookie of the previous page as it is.")
                : query with { Page = query.Page with { Cookie = value.Length == 0 ? null : value } },
            ReservedParameter.PrettyPrint => query with { PrettyPrint = IsTrue(value) },
            ReservedParameter.QueryFilter => QueryFilter.Parse(value).Then(filter => Select(query, new QuerySelector.ByFilter(filter))),
            ReservedParameter.QueryId => Select(query, new QuerySelector.ById(value)),
            ReservedParameter.QueryExpression => Select(query, new QuerySelector.ByExpression(value)),
            ReservedParameter.SortKeys => QuerySortKey.Parse(values).Then<CrestQuery>(keys => query with { SortKeys = keys }),
            ReservedParameter.TotalPagedResultsPolicy => Policy(value) is { } policy ? query with { CountPolicy = policy }
                : Bad(parameter, "is not a policy", "Write NONE, ESTIMATE or EXACT."),
        };
    }

    private static Parsed<CrestQuery> Select(CrestQuery query, QuerySelector selector) => query.Selector is null
        ? query with { Selector = selector }
        : CrestError.Bad("The request parameters _queryId, _queryExpression and _queryFilter exclude each other. Send one of them.");

    private static Parsed<CrestQuery> Whole(CrestQuery query)
    {
        if (query.Page is { Cookie: not null, Offset: > 0 })
        {
            return CrestError.Bad("The request parameters _pagedResultsCookie and _pagedResultsOffset exclude each other. Continue with the cookie of the "
                + "previous page, or with an offset.");
        }

        bool one = query.Fields is { Defaults: false, Fields.Length: 1 };
        return query.MimeType is null || one ? query : CrestError.Bad("The request parameter '_mimeType' requires that '_fields' names exactly one field.");
    }

    private static Parsed<int> Number(ReservedParameter parameter, string value)
    {
        if (!int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            return Bad(parameter, "could not be parsed as a valid integer", "Write digits only.");
        }

        return number >= 0 ? number : Bad(parameter, "is negative", "Write 0 or more.");
    }

    private static CountPolicy? Policy(string value) => value.ToUpperInvariant() switch
    {
        "NONE" or "" => CountPolicy.None,
        "ESTIMATE" => CountPolicy.Estimate,
        "EXACT" => CountPolicy.Exact,
        _ => null,
    };

    private static bool? Flag(string value) => value.ToUpperInvariant() switch
    {
        "TRUE" => true,
        "FALSE" or "" => false,
        _ => null,
    };

    private static bool IsTrue(string value) => value.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static bool Named(string action) => action.Length is > 0 and <= 64 && action.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static CrestError Bad(ReservedParameter parameter, string what, string advice) =>
        new(CrestStatus.BadRequest, $"The value of the request parameter '{ParameterNames.For(parameter)}' {what}. {advice}", ErrorDetail.Advice(advice));
}
