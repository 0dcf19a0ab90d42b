using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Filters;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Paging;
using ProvisioningConnector.Crest.Parameters;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>A query over items that this service makes itself, such as entries of reconciliations: filter, page and count (docs/openidm.md#queries).</summary>
/// <param name="Query">As sent.</param>
/// <param name="Filter">Which items.</param>
/// <param name="IdsOnly">Only their ids.</param>
/// <param name="After">The position after which the page begins.</param>
internal sealed record ItemQuery(CrestQuery Query, QueryFilter Filter, bool IdsOnly, long After)
{
    private const int FlushAt = 32 * 1024;

    /// <param name="query">As sent.</param>
    /// <param name="fields">The fields that items have: a filter over a field that there is not would silently find nothing.</param>
    public static Parsed<ItemQuery> From(CrestQuery query, string[] fields)
    {
        if (!query.SortKeys.IsEmpty) return RequestQuery.Bad("Items come in their own order; _sortKeys is not supported here.");
        if (query.Selector is not (null or QuerySelector.ByFilter
            or QuerySelector.ById { Id: SystemQuery.AllIds })) return RequestQuery.Bad("Send _queryFilter, _queryId=query-all-ids, or neither for everything.");
        long after = -1;
        if (query.Page.Cookie is { } cookie && !long.TryParse(cookie, NumberStyles.None, CultureInfo.InvariantCulture, out after))
        {
            return RequestQuery.Bad("The value of the request parameter '_pagedResultsCookie' was not issued here. Send the cookie of the "
                + "previous page as it is.");
        }

        QueryFilter filter = query.Selector is QuerySelector.ByFilter by ? by.Filter : new QueryFilter.Always();
        return ItemFilter.Fields(filter).FirstOrDefault(f => !fields.Contains(f, StringComparer.Ordinal)) is { } unknown
            ? new CrestError(CrestStatus.BadRequest, $"Items have no field {SafeQuote.Quote(unknown, "of this name")}.",
                JsonSerializer.SerializeToElement(new { advice = NearestName.Advice(unknown, fields) }))
            : new ItemQuery(query, filter, query.Selector is QuerySelector.ById, after);
    }

    /// <summary>Answers it; memory holds one item, whatever their number.</summary>
    /// <param name="context">The request.</param>
    /// <param name="items">All items, in their order.</param>
    /// <param name="write">An item at its position, from 0.</param>
    public async Task AnswerAsync<T>(HttpContext context, IAsyncEnumerable<T> items, Func<T, long, JsonElement> write)
    {
        context.Response.ContentType = CrestJson.ContentType;
        await using Utf8JsonWriter json = new(context.Response.BodyWriter, CrestJson.Options(Query.PrettyPrint));
        if (Query.CountOnly)
        {
            (long number, long counted) = (-1, 0);
            await foreach (T item in items.WithCancellation(context.RequestAborted)) counted += ItemFilter.Holds(Filter, write(item, ++number)) ? 1 : 0;
            QueryResultWriter.WriteCount(json, counted);
            return;
        }

        await PageAsync(json, items, write, context.RequestAborted);
    }

    private async Task PageAsync<T>(Utf8JsonWriter json, IAsyncEnumerable<T> items, Func<T, long, JsonElement> write, CancellationToken cancellation)
    {
        QueryResultWriter result = new(json, Projection.From(Query.Fields));
        bool counts = Query.CountPolicy != CountPolicy.None;
        (long position, long last, string? cookie) = (-1, -1, null);
        (int matching, long skipped) = (0, 0);
        await foreach (T item in items.WithCancellation(cancellation))
        {
            if (++position <= After && !counts) continue;
            JsonElement entry = write(item, position);
            if (!ItemFilter.Holds(Filter, entry)) continue;
            matching++;
            if (position <= After || ++skipped <= Query.Page.Offset) continue;
            if (Query.Page.IsPaged && result.Count == Query.Page.Size)
            {
                cookie ??= last.ToString(CultureInfo.InvariantCulture);
                if (counts) continue;
                break;
            }

            if (IdsOnly) result.AddId(entry.GetProperty("_id").GetString() ?? string.Empty, null);
            else result.Add(entry);
            last = position;
            if (json.BytesPending > FlushAt) await json.FlushAsync(cancellation);
        }

        result.End(new ResultPage(cookie, counts ? (CountPolicy.Exact, matching) : null));
    }
}
