using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.TestKit.Leases;

/// <summary>What keeps earlier holders of a tenant's lease from the journal, as <see cref="ITenantLease.TakeAsync"/> promises it.</summary>
public sealed class ModelFence
{
    private readonly Dictionary<string, long> _byRun = new(StringComparer.Ordinal);
    private readonly List<(string Uid, long Epoch)> _stale = [];

    /// <summary>The latest holder's epoch.</summary>
    public long Newest { get; private set; }

    /// <summary>Runs that a lease was taken for.</summary>
    public IReadOnlyCollection<string> Runs => _byRun.Keys;

    /// <summary>Intents that a holder wrote after a later one had taken the lease: there must be none.</summary>
    public ImmutableArray<(string Uid, long Epoch)> Stale => [.. _stale];

    /// <summary>A lease was taken.</summary>
    public void Raise(LeaseRecord lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        (Newest, _byRun[lease.Holder.RunId]) = (lease.Epoch, lease.Epoch);
    }

    /// <summary>Whether intents, outcomes and results of this holder are refused.</summary>
    public bool IsSuperseded(long epoch) => Newest > epoch;

    /// <summary>Whether a later holder works on this very run.</summary>
    public bool IsHeadSuperseded(string runId, long epoch) => _byRun.GetValueOrDefault(runId) > epoch;

    /// <summary>An intent was written.</summary>
    public void Note(string uid, long epoch)
    {
        if (Newest > epoch) _stale.Add((uid, epoch));
    }
}
