using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Parameters;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Openidm;

namespace ProvisioningConnector.Facade.Recon;

/// <summary><c>/openidm/recon/assoc</c>: what a reconciliation found and decided, entry by
/// entry. Users with nothing to do are counted in its status and have no entry.</summary>
internal sealed class AssocEndpoints(ReconViews views, SharedStore shared) : IEndpoints
{
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
        if (!RequestQuery.OfRead(context).Then(query => ItemQuery.From(query, AssocJson.AssocFields)).Succeeded(out ItemQuery? asked, out CrestError? wrong))
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        ImmutableArray<ReconStatus> all = await views.AllAsync(context);
        await asked.AnswerAsync(context, all.ToAsyncEnumerable(), static (status, _) => AssocJson.From(status));
    }

    private async Task ReadAsync(HttpContext context, string id)
    {
        if (!RequestQuery.OfRead(context).Succeeded(out CrestQuery? query, out CrestError? wrong)
            || !(await views.FindAsync(context, id, Right.Read)).Succeeded(out ReconView? view, out wrong))
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        await ObjectAnswers.SendAsync(context, query, json => Projection.From(query.Fields).Write(json, AssocJson.From(view.Status)));
    }

    private async Task EntriesAsync(HttpContext context, string id)
    {
        if (!RequestQuery.OfRead(context).Then(query => ItemQuery.From(query, AssocJson.EntryFields)).Succeeded(out ItemQuery? asked, out CrestError? wrong)
            || !(await views.FindAsync(context, id, Right.Read)).Succeeded(out ReconView? view, out wrong))
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        // Filters see what the caller sees, so that they cannot be used to guess what is hidden.
        bool full = context.Caller().Can(view.Status.Tenant, Right.ReadFull);
        await asked.AnswerAsync(context, await view.UsersAsync(shared, context.RequestAborted),
            (user, position) => AssocJson.From(view.Status, user, position, full, shared.Digests));
    }
}
