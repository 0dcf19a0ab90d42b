using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>A reconciliation as its caller may see it.</summary>
/// <param name="Status">How it stands.</param>
/// <param name="Live">Itself, when it is of this process.</param>
/// <param name="Run">Its run, when the store was asked.</param>
internal sealed record ReconView(ReconStatus Status, Recon? Live, RunHead? Run)
{
    /// <summary>The one of this id; 404 when there is none, or none for this caller.</summary>
    /// <exception cref="FacadeRefusal">403: the caller sees its tenant, but lacks the right.</exception>
    public static async ValueTask<Parsed<ReconView>> FindAsync(HttpContext context, string id, Right right)
    {
        ReconView? found = context.RequestServices.GetRequiredService<ReconRegistry>().Find(id) is { } live ? new ReconView(live.Status, live, null)
            : await new StoredRecons(context.Services()).FindAsync(id, context.RequestAborted) is { } stored ? new ReconView(stored.Status, null, stored.Run)
            : null;
        if (found is null || !context.Caller().CanAccess(found.Status.Tenant)) return SystemErrors.ReconciliationNotFound(id);
        context.Demand(found.Status.Tenant, right);
        return found;
    }

    /// <summary>All that the caller may read, newest first: those under way, and the last that ended.</summary>
    public static async ValueTask<ImmutableArray<ReconStatus>> AllAsync(HttpContext context)
    {
        Caller caller = context.Caller();
        bool Readable(ReconStatus status) => caller.Can(status.Tenant, Right.Read);
        ImmutableArray<ReconStatus> live = [.. context.RequestServices.GetRequiredService<ReconRegistry>().All.Select(r => r.Status).Where(Readable)];
        HashSet<string> known = [.. live.Select(s => s.Id)];
        ImmutableArray<ReconStatus>.Builder stored = ImmutableArray.CreateBuilder<ReconStatus>();
        await foreach (ReconStatus status in new StoredRecons(context.Services()).ListAsync(context.RequestAborted))
        {
            if (stored.Count == ReconRegistry.MostEnded) break;
            if (Readable(status) && !known.Contains(status.Id)) stored.Add(status);
        }

        int active = live.Count(s => s.State == ReconState.Active);
        return [.. live.Concat(stored).OrderByDescending(s => s.State == ReconState.Active).ThenByDescending(s => s.Started)
            .Take(active + ReconRegistry.MostEnded)];
    }

    /// <summary>Everybody in it who is not equal, full values; no one while it is not planned yet.</summary>
    public async ValueTask<IAsyncEnumerable<UserEntry>> UsersAsync(HttpContext context)
    {
        if (Live is { Start.Analyze: true }) return Live.Plan?.UsersAsync(context.RequestAborted) ?? AsyncEnumerable.Empty<UserEntry>();
        SharedStore shared = context.Services().Shared;
        RunHead? run = Run ?? await shared.Store.FindRunAsync(Status.Id, context.RequestAborted);
        return run is null ? AsyncEnumerable.Empty<UserEntry>() : RunReport.Of(shared.Store, shared.Digests, run).Users(context.RequestAborted);
    }
}
