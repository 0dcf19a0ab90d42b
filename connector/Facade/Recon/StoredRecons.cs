using System.Runtime.CompilerServices;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Standing;
using ProvisioningConnector.Stores;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>
/// Reconciliations as the store's runs show them, also after a restart: what this facade
/// ran, and what commands and other processes ran of the same source and tenant.
/// </summary>
internal sealed class StoredRecons(FacadeSettings settings, SharedStore shared, TimeProvider time)
{
    private readonly DatabaseRunStore _store = shared.Store;
    private readonly RunStandings _standings = shared.Standings(time);

    /// <summary>Null: no run of that id belongs to a mapping, or it was forgotten.</summary>
    public async ValueTask<(ReconStatus Status, RunHeader Run)?> FindAsync(string id, CancellationToken cancellation) =>
        await _store.FindRunAsync(id, cancellation) is { Kind: RunKind.Run } run ? await OfAsync(run, cancellation) : null;

    /// <summary>Newest first.</summary>
    public async IAsyncEnumerable<ReconStatus> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (RunHeader run in _store.RunsAsync(cancellation))
        {
            if (await OfAsync(run, cancellation) is var (status, _)) yield return status;
        }
    }

    public ValueTask ForgetAsync(string id, CancellationToken cancellation) => ReconNotes.ForgetAsync(_store, id, cancellation);

    private async ValueTask<(ReconStatus Status, RunHeader Run)?> OfAsync(RunHeader run, CancellationToken cancellation)
    {
        ReconNote? note = await ReconNotes.FindAsync(_store, run.RunId, cancellation);
        if (note is { Forgotten: true }) return null;
        ReconStatus? planned = note?.Planned ?? Guessed(run);
        if (planned is null) return null;
        RunHeader now = await _standings.OfAsync(run, cancellation);
        ReconStatus status = planned.With(now);
        // When a process died no one wrote down; clients take an empty end for one that goes on.
        return (status.State == ReconState.Active || status.Ended is not null
            ? status : status with { Ended = now.ResumedAt is [.., var resumed] ? resumed : now.StartedAt }, now);
    }

    /// <summary>A run that no note shows: a mapping's, when it is of its source and tenant.</summary>
    private ReconStatus? Guessed(RunHeader run)
    {
        PlanHeader plan = run.Plan;
        if (plan.Origin is not PlanOrigin.Source) return null;
        (string name, MappingSettings? mapping) = settings.Mappings.OrderBy(m => m.Key, StringComparer.Ordinal).FirstOrDefault(m =>
            m.Value.Source.Equals(plan.Source.Name, StringComparison.OrdinalIgnoreCase)
            && m.Value.Tenant.Equals(plan.Tenant.Name, StringComparison.OrdinalIgnoreCase));
        return mapping is null ? null
            : new ReconStatus { Id = run.RunId, Mapping = name, Source = mapping.Source, Tenant = plan.Tenant.Name, Started = run.StartedAt }
            .Planned(plan.Summary, ReconCounts.From(plan.Summary));
    }
}
