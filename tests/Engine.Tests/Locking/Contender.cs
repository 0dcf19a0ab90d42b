using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Tests.Execution;
using ProvisioningConnector.Engine.Tests.Runs;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Leases;

namespace ProvisioningConnector.Engine.Tests.Locking;

/// <summary>One of the processes that want to write to the same tenant.</summary>
internal sealed class Contender(Arena arena, string name)
{
    public ModelProcess Process { get; } = new(arena.World, name);

    public ProcessTenant Tenant => field ??= new ProcessTenant(Process, arena.Tenant, arena.Log);

    public ProcessRunStore Store => field ??= new ProcessRunStore(Process, arena.Store, arena.Fence);

    public ProcessLeases Leases => field ??= new ProcessLeases(Process, arena.Leases);

    public TenantLease? Lease { get; private set; }

    /// <summary>When it took the lease; null when it never did.</summary>
    public TimeSpan? TakenAt { get; private set; }

    public string RunId { get; private set; } = "";

    public RunHeader? Ended { get; private set; }

    public StoreException? Failure { get; private set; }

    /// <summary>A run that this one never begins: nothing to go on with, when the other was stopped before it began.</summary>
    public string? OnlyGoesOnWith { get; init; }

    /// <summary>How many users are worked on at once.</summary>
    public int UsersInFlight { get; init; } = 2;

    /// <summary>Whose process is known to be gone when it is.</summary>
    public Contender? Knows { get; set; }

    public IEnumerable<CheckedWrite> Writes => arena.Log.Where(w => w.By == Process.Name);

    public UserLocking Locks => new(Leases, Leases, IsGone, Process.Time);

    public LeaseAcquirer Taking() => new(Leases, Arena.TenantId, Arena.Terms, StateOf, Process.Time);

    /// <summary>Waits for the tenant, then works on a run: its own, or one that is there already.</summary>
    public async Task GoAsync(string runId, CancellationToken stop = default)
    {
        RunId = runId;
        try
        {
            LeaseAcquirer taking = Taking();
            while (Lease is null)
            {
                if (await taking.TryAsync(Process.Holder(runId), default) is LeaseAnswer.Taken taken) (Lease, TakenAt) = (taken.Lease, arena.World.Elapsed);
                else await Task.Delay(TimeSpan.FromSeconds(1), Process.Time, default);
            }

            Ended = await WorkAsync(Lease, stop);
        }
        catch (StoreException failure)
        {
            Failure = failure;
        }
        catch (LeaseLostException)
        {
            // Another process has taken the tenant before this one's run began.
        }
        finally
        {
            if (Lease is not null) await Lease.DisposeAsync();
        }
    }

    private HolderState StateOf(HolderProcess holder) => IsGone(holder) ? HolderState.Gone
        : holder.ProcessStart is { } name && arena.DeclaredDead.Contains(name) ? HolderState.DeclaredDead
        : HolderState.MayLive;

    private bool IsGone(HolderProcess holder) => Knows is { Process: var other } && other.Name == holder.ProcessStart && other.IsDead;

    private async Task<RunHeader?> WorkAsync(TenantLease lease, CancellationToken stop)
    {
        Store.Epoch = lease.Record.Epoch;
        RunHeader? run = await Store.FindRunAsync(RunId, default);
        if (run is { IsUnfinished: false }) return run;
        if (run is null)
        {
            if (RunId == OnlyGoesOnWith) return null;
            Planned planned = await arena.PlanAsync();
            await lease.EnsureAsync(default);
            run = new() { RunId = RunId, Plan = planned.Head, StartedAt = Process.Time.GetUtcNow() };
            await Store.BeginAsync(run, planned.Spool.PlannedAsync(default), default);
        }
        else
        {
            run = run with { ResumedAt = run.ResumedAt.Add(Process.Time.GetUtcNow()), Outcome = RunOutcome.Running, EndedAt = null, Diagnostics = [] };
            await Store.UpdateAsync(run, default);
        }

        UserExecutor executor = new(Tenant, Tenant, Store, Process.Time,
            new ExecutorSettings { RequestTimeout = Arena.Terms.RequestTimeout });
        using RunExecutor runner = new(Store, executor, Process.Time, new RunSettings { UsersInFlight = UsersInFlight, Lease = lease, Locks = Locks },
            new QuietProgress());
        return await runner.RunAsync(run, TestAuthority.Create(RunId, lease), stop, default);
    }
}
