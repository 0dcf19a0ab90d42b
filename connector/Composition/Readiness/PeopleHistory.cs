using System.Collections.Immutable;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Readiness;

namespace ProvisioningConnector.Composition.Readiness;

/// <summary>
/// People of runs of <c>readiness</c> in the store, where the configuration decides to keep them (docs/retirement.md#what-is-kept-of-people): those of the
/// last run, and the days on which the band of each changed. People whom the configuration excludes are not kept.
/// </summary>
internal sealed class PeopleHistory(Workspace workspace, string tenantId)
{
    private readonly PeoplePages _pages = new(workspace.Store, tenantId);

    /// <summary>The decision.</summary>
    public ReadinessHistory Terms => workspace.Tenant.Readiness.History;

    /// <summary>Whether people may be kept today.</summary>
    public bool IsOn => Terms.KeepsPeople(DateOnly.FromDateTime(workspace.Time.GetUtcNow().UtcDateTime));

    /// <summary>The people of the last run, by pages.</summary>
    public PeoplePages Pages => _pages;

    /// <summary>Keeps the people of a run; where they may not be kept, what is there is deleted.</summary>
    /// <param name="run">The run.</param>
    /// <param name="people">Its people; read twice.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task KeepAsync(TenantReadiness run, Func<IAsyncEnumerable<PersonEntry>> people, CancellationToken cancellation)
    {
        if (await PruneAsync(cancellation)) return;
        await _pages.KeepAsync(run.RunId, run.CreatedAt, Kept(people()), cancellation);
        await (await TracesAsync(cancellation)).AddAsync(run.RunId, run.CreatedAt, Kept(people()), cancellation);
    }

    /// <summary>Deletes everybody when people may not be kept, or not any more.</summary>
    /// <returns>Whether people may not be kept.</returns>
    public async ValueTask<bool> PruneAsync(CancellationToken cancellation)
    {
        if (IsOn) return false;
        // Traces are there only with pages, which are written first and deleted last.
        if (await _pages.IndexAsync(cancellation) is null) return true;
        await (await TracesAsync(cancellation)).EraseAsync(cancellation);
        await _pages.EraseAsync(cancellation);
        return true;
    }

    /// <summary>The runs in which a person's band changed, oldest first; null: people are not kept.</summary>
    /// <param name="user">Object id or user principal name.</param>
    /// <param name="cancellation">Stops.</param>
    public async ValueTask<ImmutableArray<ReadinessPoint>?> OfAsync(string user, CancellationToken cancellation) =>
        await PruneAsync(cancellation) ? null : await (await TracesAsync(cancellation)).OfAsync(user, cancellation);

    /// <summary>Takes the bands of a person out.</summary>
    /// <param name="user">Object id or user principal name.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether there were any.</returns>
    public async ValueTask<bool> ForgetBandsAsync(string user, CancellationToken cancellation) =>
        await (await TracesAsync(cancellation)).ForgetAsync(user, cancellation);

    private static IAsyncEnumerable<PersonEntry> Kept(IAsyncEnumerable<PersonEntry> people) =>
        people.Where(static person => person.Band != Band.Excluded.Name());

    private async ValueTask<PersonTraces> TracesAsync(CancellationToken cancellation) => new(
        workspace.Store, new KeyedDigests((await workspace.Store.KeyAsync(PersonTraces.KeyName, cancellation)).Span), tenantId);
}
