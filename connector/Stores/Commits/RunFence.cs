using System.Data.Common;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Commits;

/// <summary>
/// Keeps holders that lost a tenant's lease, or a user's lock, from the journal: what they would still write is compared with the lease or the
/// lock inside the transaction that writes it, and neither changes before that transaction has ended (docs/safety.md#locks).
/// </summary>
internal sealed class RunFence(StoreDatabase database, DbConnection connection) : IDisposable
{
    private const long OneUser = 1;

    private readonly DbCommand _run = connection.Statement("SELECT kind, tenant_id, lease_epoch FROM runs WHERE run_id = @run" + database.Unchanged, "@run");
    private readonly DbCommand _lease = connection.Statement("SELECT epoch FROM tenant_leases WHERE tenant_id = @tenant" + database.Unchanged, "@tenant");
    private readonly UserLockHolder _holder = new(database, connection);

    // The lease that this process took last, by tenant id, and the locks of its changes of one user, by holder.
    private readonly Dictionary<string, TakenLease> _leases = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (byte[] Digest, UserLock Lock)> _locks = new(StringComparer.Ordinal);

    /// <summary>A lease of ours was taken.</summary>
    public void Raise(LeaseRecord lease) => _leases[lease.TenantId] = new(lease.TenantId, lease.Epoch, lease.Holder.RunId);

    /// <summary>A lock of ours was taken, or renewed, perhaps for another change.</summary>
    public void Raise(byte[] digest, UserLock held)
    {
        if (held.RunId is not null) _locks[held.Holder] = (digest, held);
    }

    /// <summary>A lock of ours is given back: nothing is written under it any more.</summary>
    public void Lower(UserLock released) => _locks.Remove(released.Holder);

    /// <summary>Whether what we would write of a user in a run does not count: another holder has or had the tenant, or the user.</summary>
    public bool IsSuperseded(string runId)
    {
        if (Find(runId) is not { } run) return false;
        if (run.Kind == OneUser) return _locks.Values.Any(held => held.Lock.RunId == runId && !_holder.Has(held.Digest, held.Lock));
        return run.Lease is { } ours && (ours.RunId != runId || _lease.With(ours.TenantId).ExecuteScalar() is not long epoch || epoch > ours.Epoch);
    }

    /// <exception cref="StoreException">Another holder has or had the tenant, or the user.</exception>
    public void Check(string runId)
    {
        if (IsSuperseded(runId)) throw Superseded(runId);
    }

    /// <summary>The head may be written as long as no later holder goes on with this very run: it says that the run was interrupted.</summary>
    /// <exception cref="StoreException">A later holder works on the run.</exception>
    public void CheckHead(string runId)
    {
        if (Find(runId) is { Lease: { } ours } run && run.Epoch > ours.Epoch) throw Superseded(runId);
    }

    public void Dispose()
    {
        _run.Dispose();
        _lease.Dispose();
        _holder.Dispose();
    }

    private FencedRun? Find(string runId)
    {
        if (_leases.Count == 0 && _locks.Count == 0) return null;
        using DbDataReader reader = _run.With(runId).ExecuteReader();
        return reader.Read() ? new FencedRun(reader.GetInt64(0), _leases.GetValueOrDefault(reader.GetString(1)), reader.GetInt64(2)) : null;
    }

    private static StoreException Superseded(string runId) => new(StoreProblem.Superseded,
        $"Another process has taken over what run {runId} was working on.", $"See 'provision show {runId}' for what became of it.");

    private sealed record TakenLease(string TenantId, long Epoch, string RunId);

    private sealed record FencedRun(long Kind, TakenLease? Lease, long Epoch);
}
