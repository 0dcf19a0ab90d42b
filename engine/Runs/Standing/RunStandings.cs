using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Standing;

/// <summary>
/// How runs stand now. A head says <c>running</c> until the run's process writes how it ended. Whether that process still works on it is what
/// the tenant's lease says: held for this run, not ended, and not by a process of this machine that is certainly gone. Of a change of one
/// user, who needs no lease, it is what the lock on the user says.
/// </summary>
/// <param name="store">The runs.</param>
/// <param name="leases">The leases of their tenants.</param>
/// <param name="locks">The locks on their users.</param>
/// <param name="isGone">Whether a holder is certain not to run any more.</param>
/// <param name="time">Wall clock.</param>
public sealed class RunStandings(IRunStore store, ITenantLease leases, IUserLocks locks, Func<HolderProcess, bool> isGone, TimeProvider time)
{
    /// <summary>Code of the diagnostic of a run whose process is gone.</summary>
    public const string ProcessGone = "processGone";

    /// <summary>Code of the diagnostic of a run in progress.</summary>
    public const string AtWork = "atWork";

    /// <summary>The head with its present outcome and counts: <c>running</c> only while it is worked on, else <c>interrupted</c>.</summary>
    /// <exception cref="StoreException">The store does not work.</exception>
    public async ValueTask<RunHeader> OfAsync(RunHeader run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        while (run.Outcome == RunOutcome.Running)
        {
            if (await AtWorkAsync(run, cancellation) is { } who) return await SoFarAsync(run, who, cancellation);
            // A process ends its run before it gives the lease back: only what still says so now was left.
            RunHeader? again = await store.FindRunAsync(run.RunId, cancellation);
            if (again is null || (again.Outcome == RunOutcome.Running
                && again.ResumedAt.Length == run.ResumedAt.Length)) return await LeftAsync(run, cancellation);
            run = again;
        }

        // Earlier versions counted otherwise what a run left half-way.
        bool recount = run is { Operations: null, Outcome: RunOutcome.Interrupted or RunOutcome.Failed };
        return recount ? (await store.CountAsync(run.RunId, cancellation)).AsLeft(run) : run;
    }

    /// <summary>The head of a run that no one works on, whatever it says, as the journal has it.</summary>
    public async ValueTask<RunHeader> LeftAsync(RunHeader run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        JournalCount count = await store.CountAsync(run.RunId, cancellation);
        RunHeader left = count.AsLeft(run);
        if (run.Outcome != RunOutcome.Running) return left;
        string open = count.Open == 0 ? string.Empty : count.Open == 1
            ? " Of 1 write it is not known whether it was applied." : $" Of {count.Open} writes it is not known whether they were applied.";
        string next = run.Kind == RunKind.Run
            ? "'resume' reads the users without a result again, and continues." : "Make the change again if it is still needed.";
        return left with
        {
            Outcome = RunOutcome.Interrupted,
            Used = null,
            Diagnostics = run.Diagnostics.Add(Diagnostic.Error(ProcessGone,
                $"The process that worked on it ended without recording a result. The counts are from its journal.{open} {next}")),
        };
    }

    private async ValueTask<RunHeader> SoFarAsync(RunHeader run, string who, CancellationToken cancellation)
    {
        RunHeader head = (await store.CountAsync(run.RunId, cancellation)).SoFar(run);
        return head with { Used = null, Diagnostics = run.Diagnostics.Add(Diagnostic.Info(AtWork, who)) };
    }

    /// <summary>Who works on it, in words; null when no one does.</summary>
    private async ValueTask<string?> AtWorkAsync(RunHeader run, CancellationToken cancellation)
    {
        string tenant = run.Plan.Tenant.Id;
        if (run.Kind == RunKind.OneUser)
        {
            await foreach (RunUser user in store.UsersAsync(run.RunId, cancellation))
            {
                if (user.Planned.User?.Uid is not { } uid || await locks.FindAsync(tenant, uid, cancellation) is not { } held
                    || held.Until <= time.GetUtcNow() || held.Process is { } process && isGone(process)) continue;
                return $"'{held.Holder}' is changing this user; its lock ends at {held.Until.UtcDateTime:u} unless it is renewed.";
            }

            return null;
        }

        return await leases.ReadAsync(tenant.ToUpperInvariant(), cancellation) is { ReleasedAt: null } lease
            && lease.Holder.RunId == run.RunId && lease.Until > time.GetUtcNow() && !isGone(lease.Holder)
            ? $"{lease.Holder.Who}@{lease.Holder.Host} (process {lease.Holder.ProcessId}, version {lease.Holder.ToolVersion}) is working on it; "
                + $"its lease of the tenant was renewed at {lease.HeartbeatAt.UtcDateTime:u} "
                + $"and ends at {lease.Until.UtcDateTime:u} unless it is renewed again."
            : null;
    }
}
