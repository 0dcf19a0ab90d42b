using System.Collections.Immutable;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Parameters;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Recon;

/// <summary><c>/openidm/recon</c>: reconciliation as a resource (docs/openidm.md#reconciliations).</summary>
internal static class ReconEndpoints
{
    private const string Root = "/openidm/recon";

    public static void Map(IEndpointRouteBuilder routes)
    {
        // The mapping or the reconciliation decides which tenant a request is about: each endpoint asks for the rights itself.
        routes.MapPost(Root, ReconStarting.StartAsync).ForEveryCaller();
        routes.MapGet(Root, ListAsync).ForEveryCaller();
        routes.MapGet(Root + "/{id}", ReadAsync).ForEveryCaller();
        routes.MapPost(Root + "/{id}", ActAsync).ForEveryCaller();
        routes.MapDelete(Root + "/{id}", ForgetAsync).ForEveryCaller();
        routes.MapGet(Root + "/assoc", AssocEndpoints.ListAsync).ForEveryCaller();
        routes.MapGet(Root + "/assoc/{id}", AssocEndpoints.ReadAsync).ForEveryCaller();
        routes.MapGet(Root + "/assoc/{id}/entry", AssocEndpoints.EntriesAsync).ForEveryCaller();
    }

    private static async Task ListAsync(HttpContext context)
    {
        if (!ReconQuery.OfRead(context).Succeeded(out CrestQuery? query, out CrestError? wrong))
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        ImmutableArray<ReconStatus> all = await ReconView.AllAsync(context);
        DateTimeOffset now = context.Services().Time.GetUtcNow();
        await ReconAnswer.SendAsync(context, query, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("reconciliations");
            foreach (ReconStatus status in all) ReconStatusJson.Write(json, status, now);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task ReadAsync(HttpContext context, string id)
    {
        if (!ReconQuery.OfRead(context).Succeeded(out CrestQuery? query, out CrestError? wrong)
            || !(await ReconView.FindAsync(context, id, Right.Read)).Succeeded(out ReconView? view, out wrong))
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        DateTimeOffset now = context.Services().Time.GetUtcNow();
        await ReconAnswer.ObjectAsync(context, query, json => ReconStatusJson.Write(json, view.Status, now));
    }

    private static async Task ActAsync(HttpContext context, string id)
    {
        if (!ReconQuery.OfAction(context, []).Succeeded(out CrestQuery? query, out CrestError? wrong)
            || !(await ReconView.FindAsync(context, id, Right.Read)).Succeeded(out ReconView? view, out wrong))
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        if (Cancel(context, query, view) is { } refused)
        {
            await ErrorReply.WriteAsync(context, refused);
            return;
        }

        await ReconAnswer.ObjectAsync(context, query, json =>
        {
            json.WriteStartObject();
            json.WriteString("_id", view.Status.Id);
            json.WriteString("action", "cancel");
            // What is in flight is finished first; one that is at its end is not running any more, as was wanted.
            json.WriteString("status", view.Live is { IsActive: true } ? "INITIATED" : "SUCCESS");
            json.WriteEndObject();
        });
    }

    private static CrestError? Cancel(HttpContext context, CrestQuery query, ReconView view)
    {
        if (query.Action != "cancel") return SystemErrors.UnsupportedAction(query.Action ?? string.Empty, ["cancel"]);
        if (query.DryRun == true) return ReconQuery.Bad("A cancellation cannot be rehearsed. Nothing was done. Leave '_dryRun' out.");
        context.Demand(view.Status.Tenant, view.Status.IsAnalysis ? Right.Plan : Right.Phones);
        if (view is { Live: null, Status.State: ReconState.Active }) return new CrestError(CrestStatus.Conflict,
            "Another process runs this reconciliation. Stop it there.");
        view.Live?.Cancel();
        return null;
    }

    private static async Task ForgetAsync(HttpContext context, string id)
    {
        if (!ReconQuery.OfDelete(context).Succeeded(out CrestQuery? query, out CrestError? wrong)
            || !(await ReconView.FindAsync(context, id, Right.Read)).Succeeded(out ReconView? view, out wrong))
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        context.Demand(view.Status.Tenant, view.Status.IsAnalysis ? Right.Plan : Right.Phones);
        if (query.DryRun == true || view.Status.State == ReconState.Active)
        {
            await ErrorReply.WriteAsync(context, query.DryRun == true
                ? ReconQuery.Bad("Forgetting cannot be rehearsed. Nothing was done. Leave '_dryRun' out.")
                : new CrestError(CrestStatus.Conflict, "The reconciliation is under way. Nothing was done. Cancel it first."));
            return;
        }

        // The status goes, the run and its evidence stay: they are the memory that later safeguards rest on.
        if (!view.Status.IsAnalysis) await new StoredRecons(context.Services()).ForgetAsync(id, context.RequestAborted);
        if (view.Live is { } live) await context.RequestServices.GetRequiredService<ReconRegistry>().ForgetAsync(live);
        DateTimeOffset now = context.Services().Time.GetUtcNow();
        await ReconAnswer.ObjectAsync(context, query, json => ReconStatusJson.Write(json, view.Status, now));
    }
}
