using System.Collections.Immutable;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Parameters;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Openidm;

namespace ProvisioningConnector.Facade.Recon;

/// <summary><c>/openidm/recon</c>: reconciliation as a resource (docs/openidm.md#reconciliations).</summary>
internal sealed class ReconEndpoints(
    ReconStarting starting, ReconViews views, ReconRegistry recons, StoredRecons stored, StoredAnalyses analyses, TimeProvider time) : IEndpoints
{
    private const string Root = "/openidm/recon";
    private static readonly KnownActions Actions = new(["cancel"], []);

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        // The mapping or the reconciliation decides which tenant a request is about: each endpoint asks for the rights itself.
        routes.MapPost(Root, starting.StartAsync).ForEveryCaller();
        routes.MapGet(Root, ListAsync).ForEveryCaller();
        routes.MapGet(Root + "/{id}", ReadAsync).ForEveryCaller();
        routes.MapPost(Root + "/{id}", ActAsync).ForEveryCaller();
        routes.MapDelete(Root + "/{id}", ForgetAsync).ForEveryCaller();
    }

    private async Task ListAsync(HttpContext context)
    {
        if (!RequestQuery.OfRead(context).Succeeded(out CrestQuery? query, out CrestError? wrong))
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        ImmutableArray<ReconStatus> all = await views.AllAsync(context);
        DateTimeOffset now = time.GetUtcNow();
        await ObjectAnswers.SendAsync(context, query, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("reconciliations");
            foreach (ReconStatus status in all) ReconStatusJson.Write(json, status, now);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private async Task ReadAsync(HttpContext context, string id)
    {
        if (!RequestQuery.OfRead(context).Succeeded(out CrestQuery? query, out CrestError? wrong)
            || !(await views.FindAsync(context, id, Right.Read)).Succeeded(out ReconView? view, out wrong))
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        await ObjectAnswers.ObjectAsync(context, query, json => ReconStatusJson.Write(json, view.Status, now));
    }

    private async Task ActAsync(HttpContext context, string id)
    {
        if (!RequestQuery.OfAction(context, Actions).Succeeded(out CrestQuery? query, out CrestError? wrong)
            || !(await views.FindAsync(context, id, Right.Read)).Succeeded(out ReconView? view, out wrong))
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        if (RefuseCancel(context, query, view) is { } refused)
        {
            await ErrorReply.WriteAsync(context, refused);
            return;
        }

        if (view.Live is { } running) await running.CancelAsync();
        await ObjectAnswers.ObjectAsync(context, query, json =>
        {
            json.WriteStartObject();
            json.WriteString("_id", view.Status.Id);
            json.WriteString("action", "cancel");
            // What is in flight is finished first; one that is at its end is not running any more, as was wanted.
            json.WriteString("status", view.Live is { IsActive: true } ? "INITIATED" : "SUCCESS");
            json.WriteEndObject();
        });
    }

    private static CrestError? RefuseCancel(HttpContext context, CrestQuery query, ReconView view)
    {
        if (query.DryRun == true) return RequestQuery.Bad("A cancellation has no dry run. Nothing was done. Leave '_dryRun' out.");
        context.Demand(view.Status.Tenant, view.Status.IsAnalysis ? Right.Plan : Right.Phones);
        if (view is { Live: null, Status.State: ReconState.Active }) return new CrestError(CrestStatus.Conflict,
            "Another process runs this reconciliation. Stop it there.");
        return null;
    }

    private async Task ForgetAsync(HttpContext context, string id)
    {
        if (!RequestQuery.OfDelete(context).Succeeded(out CrestQuery? query, out CrestError? wrong)
            || !(await views.FindAsync(context, id, Right.Read)).Succeeded(out ReconView? view, out wrong))
        {
            await ErrorReply.WriteAsync(context, wrong);
            return;
        }

        context.Demand(view.Status.Tenant, view.Status.IsAnalysis ? Right.Plan : Right.Phones);
        if (query.DryRun == true || view.Status.State == ReconState.Active)
        {
            await ErrorReply.WriteAsync(context, query.DryRun == true
                ? RequestQuery.Bad("Deleting has no dry run. Nothing was done. Leave '_dryRun' out.")
                : new CrestError(CrestStatus.Conflict, "The reconciliation is running. Nothing was done. Cancel it first."));
            return;
        }

        // The status goes, the run and its evidence stay: they are the memory that later safeguards rest on.
        if (view.Status.IsAnalysis) await analyses.ForgetAsync(id, context.RequestAborted);
        else await stored.ForgetAsync(id, context.RequestAborted);
        if (view.Live is { } live) recons.Forget(live);
        DateTimeOffset now = time.GetUtcNow();
        await ObjectAnswers.ObjectAsync(context, query, json => ReconStatusJson.Write(json, view.Status, now));
    }
}
