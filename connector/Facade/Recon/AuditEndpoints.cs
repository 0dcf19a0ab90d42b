using System.Text.Json;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Filters;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Openidm;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>
/// <c>/openidm/audit/recon?_queryFilter=reconId eq "ID" and …</c>: a reconciliation as OpenIDM's audit shows it, from which its admin UI fills the grid of
/// results (docs/openidm.md#audit). A start, an entry for each user with something to do, and a summary.
/// </summary>
internal sealed class AuditEndpoints(ReconViews views, SharedStore shared) : IEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        // The second is where older admin UIs ask.
        routes.MapGet("/openidm/audit/recon", QueryAsync).ForEveryCaller();
        routes.MapGet("/openidm/repo/audit/recon", QueryAsync).ForEveryCaller();
    }

    private async Task QueryAsync(HttpContext context)
    {
        if (!RequestQuery.OfRead(context).Then(query => ItemQuery.From(query, AuditJson.Fields)).Succeeded(out ItemQuery? asked, out CrestError? wrong))
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        if (ReconId(asked.Filter) is not { } id)
        {
            await ErrorReply.WriteAsync(context, RequestQuery.Bad("Name the reconciliation: _queryFilter=reconId eq \"ID\", and what else holds."));
            return;
        }

        // As of a log: of a reconciliation that is not there, or not for this caller, it has nothing.
        if (!(await views.FindAsync(context, id, Right.Read)).Succeeded(out ReconView? view, out _))
        {
            await asked.AnswerAsync(context, AsyncEnumerable.Empty<JsonElement>(), static (item, _) => item);
            return;
        }

        // Filters see what the caller sees, so that they cannot be used to guess what is hidden.
        bool full = context.Caller().Can(view.Status.Tenant, Right.ReadFull);
        IAsyncEnumerable<UserEntry> users = await view.UsersAsync(shared, context.RequestAborted);
        await asked.AnswerAsync(context, Items(view.Status, users, full), static (item, _) => item);
    }

    private async IAsyncEnumerable<JsonElement> Items(ReconStatus status, IAsyncEnumerable<UserEntry> users, bool full)
    {
        yield return AuditJson.Start(status);
        long position = -1;
        await foreach (UserEntry user in users) yield return AuditJson.Entry(status, AssocJson.From(status, user, ++position, full, shared.Digests));
        if (status.Ended is not null) yield return AuditJson.Summary(status);
    }

    /// <summary>The one that a filter asks for; null: not exactly one.</summary>
    private static string? ReconId(QueryFilter filter) => filter switch
    {
        QueryFilter.Compare { Operator: ComparisonOperator.Equal, Field.Names: ["reconId"], Value: FilterValue.Text id } => id.Content,
        QueryFilter.AllOf all => all.Parts.Select(ReconId).FirstOrDefault(id => id is not null),
        _ => null,
    };
}
