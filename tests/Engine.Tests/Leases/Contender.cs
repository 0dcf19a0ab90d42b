using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Leases;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Engine.Tests.Execution;
using ProvisioningConnector.Engine.Tests.Reconciliation;
using ProvisioningConnector.TestKit.Leases;

namespace ProvisioningConnector.Engine.Tests.Leases;

/// <summary>One of two processes that want to write to the same tenant.</summary>
internal sealed class Contender(Duel duel, string name)
{
    public ModelProcess Process { get; } = new(duel.World, name);

    public ProcessTenant Tenant => field ??= new ProcessTenant(Process, duel.Tenant, duel.Log);

    public ProcessRunStore Store => field ??= new ProcessRunStore(Process, duel.Store, duel.Epochs);

    public ProcessLeases Leases => field ??= new ProcessLeases(Process, duel.Leases);

    public HeldLease? Lease { get; private set; }

    public string RunId { get; private set; } = "";

    public RunHead? Ended { get; private set; }

    public StoreException? Failure { get; private set; }

    /// <summary>Whose process is known to be gone when it is.</summary>
    public Contender? Knows { get; set; }

    public IEnumerable<CheckedWrite> Writes => duel.Log.Where(w => w.By == Process.Name);

    public LeaseTaking Taking() => new(Leases, Duel.TenantId, Duel.Terms, holder => Knows is { Process: var other } && other.Name == holder.ProcessStart && other.IsDead, Process.Time);

    /// <summary>Waits for the tenant, then works on a run: its own, or one that is there already.</summary>
    public async Task GoAsync(string runId, CancellationToken stop = default)
    {
        RunId = runId;
        try
        {
            LeaseTaking taking = Taking();
            while (Lease is null)
            {
                if (await taking.TryAsync(Process.Holder(runId), default) is LeaseAnswer.Taken taken) Lease = taken.Lease;
                else await Task.Delay(TimeSpan.FromSeconds(1), Process.Time, default);
            }

            Ended = await WorkAsync(Lease, stop);
        }
        catch (StoreException failure)
        {
            Failure = failure;
        }
        finally
        {
            if (Lease is not null) await Lease.DisposeAsync();
        }
    }

    private async Task<RunHead?> WorkAsync(HeldLease lease, CancellationToken stop)
    {
        (Store.Epoch, Tenant.Permit) = (lease.Record.Epoch, lease);
        RunHead? run = await Store.FindRunAsync(RunId, default);
        if (run is { Resumable: false }) return run;
        if (run is null)
        {
            // Nothing to go on with: the first was stopped before its run began.
            if (this == duel.B && RunId == "run-1") return null;
            Planned planned = await duel.PlanAsync();
            run = new() { RunId = RunId, Plan = planned.Head, StartedAt = Process.Time.GetUtcNow() };
            await Store.BeginAsync(run, planned.Spool.PlannedAsync(default), default);
        }

        Executor executor = new(Tenant, new LeasedWriter(Tenant, lease), Store, Process.Time, new ExecutorSettings { RequestTimeout = Duel.Terms.RequestTimeout });
        using Runner runner = new(Store, executor, Process.Time, new RunSettings { UsersInFlight = 2, Lease = lease, Locks = Leases }, new QuietProgress());
        return await runner.RunAsync(run, stop, default);
    }
}
