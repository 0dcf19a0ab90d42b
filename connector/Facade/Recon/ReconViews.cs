using System.Collections.Immutable;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>Finds reconciliations for their callers: those of this process, and those that the store remembers.</summary>
internal sealed class ReconViews(ReconRegistry running, StoredRecons stored, StoredAnalyses analyses)
{
    /// <summary>The one of this id; 404 when there is none, or none for this caller.</summary>
    /// <exception cref="FacadeRefusal">403: the caller sees its tenant, but lacks the right.</exception>
    public async ValueTask<Parsed<ReconView>> FindAsync(HttpContext context, string id, Right right)
    {
        ReconView? found = running.Find(id) is { } live ? new ReconView(live.Status, live, null)
            : await stored.FindAsync(id, context.RequestAborted) is { } past ? new ReconView(past.Status, null, past.Run)
            : await analyses.FindAsync(id, context.RequestAborted) is { } analysis ? new ReconView(analysis, null, null)
            : null;
        if (found is null || !context.Caller().CanAccess(found.Status.Tenant)) return SystemErrors.ReconciliationNotFound(id);
        context.Demand(found.Status.Tenant, right);
        return found;
    }

    /// <summary>All that the caller may read, newest first: those under way, and the last that ended.</summary>
    public async ValueTask<ImmutableArray<ReconStatus>> AllAsync(HttpContext context)
    {
        Caller caller = context.Caller();
        bool Readable(ReconStatus status) => caller.Can(status.Tenant, Right.Read);
        ImmutableArray<ReconStatus> live = [.. running.All.Select(r => r.Status).Where(Readable)];
        HashSet<string> known = [.. live.Select(s => s.Id)];
        ImmutableArray<ReconStatus>.Builder ended = ImmutableArray.CreateBuilder<ReconStatus>();
        await foreach (ReconStatus status in analyses.AllAsync(context.RequestAborted))
        {
            if (Readable(status) && known.Add(status.Id)) ended.Add(status);
        }

        int kept = ended.Count;
        await foreach (ReconStatus status in stored.ListAsync(context.RequestAborted))
        {
            if (ended.Count - kept == ReconRegistry.MostEnded) break;
            if (Readable(status) && !known.Contains(status.Id)) ended.Add(status);
        }

        int active = live.Count(s => s.State == ReconState.Active);
        return [.. live.Concat(ended).OrderByDescending(s => s.State == ReconState.Active).ThenByDescending(s => s.Started)
            .Take(active + ReconRegistry.MostEnded)];
    }
}
