using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>
/// What differs between kinds of work at each stage of <see cref="RunPipeline"/>. The safeguards are not here: the pipeline applies
/// them to all kinds alike.
/// </summary>
internal abstract class Stages(RunRequest request, string runId) : IAsyncDisposable
{
    public RunRequest Request => request;

    /// <summary>Id of the run, once it begins.</summary>
    public string RunId { get; protected set; } = runId;

    /// <summary>A change of one user, which a quarantined tenant refuses; runs of many users begin with a probe instead.</summary>
    public abstract bool IsOneUser { get; }

    /// <summary>Whether the store must know the tenant from an earlier run; not where this run itself is in it.</summary>
    public virtual bool NeedsKnownStore => true;

    /// <summary>Whether it only takes back what this program issued.</summary>
    public virtual bool TakesBack => false;

    /// <summary>The plan; there once <see cref="PlanAsync"/> has returned null.</summary>
    public abstract PlanHeader Head { get; }

    /// <summary>Everybody in the plan who is not equal.</summary>
    public abstract IAsyncEnumerable<PlannedUser> UsersAsync(CancellationToken cancellation);

    /// <summary>Before any safeguard, because nothing is locked or written: a shared read that may show that there is nothing to do.</summary>
    /// <returns>What it came to; null to go on, as of all stages.</returns>
    public virtual ValueTask<RunResult?> LookAsync(CancellationToken cancellation) => new((RunResult?)null);

    /// <summary>Opens the source, or finds the run.</summary>
    public abstract ValueTask<RunResult?> OpenAsync(CancellationToken cancellation);

    /// <summary>Locks the tenant or the user.</summary>
    public abstract ValueTask<RunResult?> LockAsync(CancellationToken cancellation);

    /// <summary>Makes or checks the plan.</summary>
    public abstract ValueTask<RunResult?> PlanAsync(CancellationToken cancellation);

    /// <summary>Limits over time. Guardrails of a plan are in its head.</summary>
    public abstract ValueTask<RunResult?> JudgeAsync(CancellationToken cancellation);

    /// <summary>Why the approval of a second person is missing; none where it is given or not needed.</summary>
    public abstract ValueTask<ImmutableArray<Diagnostic>> MissingApprovalAsync(CancellationToken cancellation);

    /// <summary>Why users who are protected now keep the plan from being executed.</summary>
    public abstract ValueTask<ImmutableArray<Diagnostic>> ProtectionsAsync(CancellationToken cancellation);

    /// <summary>Records a plan that is not executed.</summary>
    public abstract ValueTask<RunResult> BlockAsync(BlockCause cause, ImmutableArray<Diagnostic> why, CancellationToken cancellation);

    /// <summary>Opens the way to write, makes sure that the lock is still ours, and claims what may be executed once.</summary>
    public abstract ValueTask<RunResult?> ReadyAsync(ITenantWriter writer, CancellationToken cancellation);

    /// <summary>The lock under which writes leave.</summary>
    public abstract IWriteLock Lock { get; }

    /// <summary>Writes down that the run begins: evidence, then journal. From here on it is finished whatever becomes of its caller.</summary>
    public abstract ValueTask BeginAsync(CancellationToken cancellation);

    /// <summary>Executes, verifies and writes down what became of it. Null when the user moved before anything was sent: plan again.</summary>
    public abstract ValueTask<RunResult?> ExecuteAsync(RunAuthority authority, ITenantWriter writer);

    /// <summary>What is allowed for once on a real tenant needs a reason.</summary>
    /// <exception cref="ProvisioningException">There is none.</exception>
    protected void DemandReason(ITenant tenant)
    {
        if (request.Allow.IsEmpty || tenant.IsLoopback || !string.IsNullOrWhiteSpace(request.Reason)) return;
        throw new ProvisioningException("reasonNeeded", "--allow on a real tenant needs a reason.", "Give one with --reason TEXT; it is recorded.");
    }

    /// <summary>Releases what is locked and gives back what was reserved and not used.</summary>
    public abstract ValueTask DisposeAsync();
}
