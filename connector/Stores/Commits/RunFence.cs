using System.Data.Common;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Commits;

/// <summary>
/// Keeps a holder that lost a tenant's lease from writing to a run that the next holder went on with: every lease that is taken
/// for a run leaves its epoch on the run, and who has an earlier epoch writes no more. Called inside the transaction that writes.
/// </summary>
internal sealed class RunFence(StoreDatabase database, DbConnection connection) : IDisposable
{
    private readonly DbCommand _epochOf = connection.Statement("SELECT tenant_id, lease_epoch FROM runs WHERE run_id = @run" + database.Unchanged, "@run");

    // Which epoch this store was given last, by tenant id.
    private readonly Dictionary<string, long> _ours = new(StringComparer.OrdinalIgnoreCase);

    public void Raise(string tenantId, long epoch) => _ours[tenantId] = epoch;

    public bool IsSuperseded(string runId)
    {
        if (_ours.Count == 0) return false;
        using DbDataReader reader = _epochOf.With(runId).ExecuteReader();
        return reader.Read() && _ours.TryGetValue(reader.GetString(0), out long epoch) && reader.GetInt64(1) > epoch;
    }

    /// <exception cref="StoreException">A later holder works on the run.</exception>
    public void Check(string runId)
    {
        if (!IsSuperseded(runId)) return;
        throw new StoreException(StoreProblem.Superseded, $"Another process has taken over the tenant and continued run {runId}.",
            $"See 'provision show {runId}' for its result.");
    }

    public void Dispose() => _epochOf.Dispose();
}
