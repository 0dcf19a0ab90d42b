using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Filters;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Paging;
using ProvisioningConnector.Crest.Parameters;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Recon;

/// <summary><c>/openidm/recon/assoc</c>: what a reconciliation found and decided, entry by
/// entry. Users with nothing to do are counted in its status and have no entry.</summary>
internal sealed class AssocEndpoints(ReconViews views, SharedStore shared) : IEndpoints
{
    private const int FlushAt = 32 * 1024;
    private const string Root = "/openidm/recon/assoc";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        // Which tenant a request is about is known from its reconciliation: each endpoint asks for the rights itself.
        routes.MapGet(Root, ListAsync).ForEveryCaller();
        routes.MapGet(Root + "/{id}", ReadAsync).ForEveryCaller();
        routes.MapGet(Root + "/{id}/entry", EntriesAsync).ForEveryCaller();
    }

    private async Task ListAsync(HttpContext context)
    {
        if (!ReconQuery.OfRead(context).Then(Asked).Succeeded(out EntryQuery? asked, out CrestError? wrong)
            || AssocJson.Unknown(asked.Filter, AssocJson.AssocFields) is { } unknown && (wrong = unknown) is not null)
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        ImmutableArray<ReconStatus> all = await views.AllAsync(context);
        await PageAsync(context, asked, all.ToAsyncEnumerable(), static (status, _) => AssocJson.From(status));
    }

    private async Task ReadAsync(HttpContext context, string id)
    {
        if (!ReconQuery.OfRead(context).Succeeded(out CrestQuery? query, out CrestError? wrong)
            || !(await views.FindAsync(context, id, Right.Read)).Succeeded(out ReconView? view, out wrong))
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        await ReconAnswer.SendAsync(context, query, json => Projection.From(query.Fields).Write(json, AssocJson.From(view.Status)));
    }

    private async Task EntriesAsync(HttpContext context, string id)
    {
        if (!ReconQuery.OfRead(context).Then(Asked).Succeeded(out EntryQuery? asked, out CrestError? wrong)
            || AssocJson.Unknown(asked.Filter, AssocJson.EntryFields) is { } unknown && (wrong = unknown) is not null
            || !(await views.FindAsync(context, id, Right.Read)).Succeeded(out ReconView? view, out wrong))
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        // Filters see what the caller sees, so that they cannot be used to guess what is hidden.
        bool full = context.Caller().Can(view.Status.Tenant, Right.ReadFull);
        await PageAsync(context, asked, await view.UsersAsync(shared, context.RequestAborted),
            (user, position) => AssocJson.From(view.Status, user, position, full, shared.Digests));
    }

    private static Parsed<EntryQuery> Asked(CrestQuery query)
    {
        if (!query.SortKeys.IsEmpty) return ReconQuery.Bad("Entries come in the order of the source; _sortKeys is not supported here.");
        if (query.Selector is not (null or QuerySelector.ByFilter
            or QuerySelector.ById { Id: SystemQuery.AllIds })) return ReconQuery.Bad("Send _queryFilter, _queryId=query-all-ids, or neither for everything.");
        long after = -1;
        if (query.Page.Cookie is { } cookie
            && (!long.TryParse(cookie, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out after)))
        {
            return ReconQuery.Bad("The value of the request parameter '_pagedResultsCookie' is not one that was given out here. Send the cookie of the "
                + "previous page as it is.");
        }

        return new EntryQuery(query, query.Selector is QuerySelector.ByFilter by ? by.Filter : new QueryFilter.Always(),
            query.Selector is QuerySelector.ById, after);
    }

    /// <summary>One page; memory holds one entry, whatever their number.</summary>
    private static async Task PageAsync<T>(HttpContext context, EntryQuery asked, IAsyncEnumerable<T> items, Func<T, long, JsonElement> write)
    {
        PageRequest page = asked.Query.Page;
        context.Response.ContentType = CrestJson.ContentType;
        await using Utf8JsonWriter json = new(context.Response.BodyWriter, CrestJson.Options(asked.Query.PrettyPrint));
        QueryResultWriter result = new(json, Projection.From(asked.Query.Fields));
        (long position, long skipped, string? cookie, long last) = (-1, 0, null, -1);
        await foreach (T item in items.WithCancellation(context.RequestAborted))
        {
            if (++position <= asked.After) continue;
            JsonElement entry = write(item, position);
            if (!EntryFilter.Holds(asked.Filter, entry) || ++skipped <= page.Offset) continue;
            if (page.IsPaged && result.Count == page.Size)
            {
                cookie = last.ToString(System.Globalization.CultureInfo.InvariantCulture);
                break;
            }

            if (asked.IdsOnly) result.AddId(entry.GetProperty("_id").GetString() ?? string.Empty, null);
            else result.Add(entry);
            last = position;
            if (json.BytesPending > FlushAt) await json.FlushAsync(context.RequestAborted);
        }

        result.End(new ResultPage(cookie));
    }

    /// <param name="Query">As sent.</param>
    /// <param name="Filter">Which entries.</param>
    /// <param name="IdsOnly">Only their ids.</param>
    /// <param name="After">The position after which the page begins.</param>
    private sealed record EntryQuery(CrestQuery Query, QueryFilter Filter, bool IdsOnly, long After);
}
