using ProvisioningConnector.Composition.Audit;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Runs.Memory;
using ProvisioningConnector.Engine.Runs.Standing;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Stores;

namespace ProvisioningConnector.Composition;

/// <summary>The open store with what belongs to it: the chain of evidence and the keys of digests.</summary>
internal sealed record SharedStore(DatabaseRunStore Store, IAuditTrail Trail, HeadFile? Second, KeyedDigests Digests, StateDigests StateDigests)
    : IAsyncDisposable
{
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static async Task<SharedStore> OpenAsync(ConnectorSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        DatabaseRunStore store = await StoreOpening.OpenAsync(settings.Store, time, create: true, cancellation);
        KeyedDigests digests = new((await store.KeyAsync(StoreKeys.Digests, cancellation)).Span);
        ReadOnlyMemory<byte> states = await store.KeyAsync(StoreKeys.States, cancellation);
        HeadFile? second = settings.Audit.HeadFile is { } path ? new HeadFile(path, settings.Store.Access) : null;
        return new SharedStore(store, await store.AuditAsync(cancellation), second, digests, new StateDigests(states.Span));
    }

    /// <summary>How its runs stand now.</summary>
    public RunStandings Standings(TimeProvider time) => new(Store, Store.Leases, Store.Leases, HostProcess.IsGone, time);

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
