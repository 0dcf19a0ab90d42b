using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Drift;
using ProvisioningConnector.Engine.Runs.Incremental;
using ProvisioningConnector.Engine.Runs.Memory;
using ProvisioningConnector.Engine.Runs.Moves;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>What the pipeline of one tenant works with.</summary>
public sealed record PipelinePorts
{
    /// <summary>The tenant, for reading.</summary>
    public required ITenant Tenant { get; init; }

    /// <summary>Reads that changes of single users share: <see cref="SharedReads"/> over <see cref="Concurrency.CoalescedReads"/>.</summary>
    public required IMethodsReader Reads { get; init; }

    public required IRunStore Store { get; init; }

    public required IApprovals Approvals { get; init; }

    public required IQuarantines Quarantines { get; init; }

    public required ISourceMemory Sources { get; init; }

    public required IRetryMemory Retries { get; init; }

    /// <summary>What was verified of users; a changed user is forgotten there, so that the next incremental run reads them.</summary>
    public required IVerifiedStates States { get; init; }

    public required StateDigests StateDigests { get; init; }

    /// <summary>How drift names values without revealing them.</summary>
    public required HiddenValues Hidden { get; init; }

    /// <summary>The second opinion on numbers that would be written.</summary>
    public required INumberOpinion Numbers { get; init; }

    public required IWriteWindows Windows { get; init; }

    public required ITenantLease Leases { get; init; }

    public required UserLocking Locks { get; init; }

    /// <summary>Audit trail in the name of an actor.</summary>
    public required Func<string, IEvidence> Evidence { get; init; }

    /// <summary>A place for the rows of one plan.</summary>
    public required Func<IPlanSpool> NewSpool { get; init; }

    /// <summary>What looks at a person again before each write of a step of <c>migrate</c>; where there is none, nothing of such a plan is written.</summary>
    public Func<PlanOrigin.Migration, IWriteCheck> StepChecks { get; init; } = static _ => NoStepCheck.Instance;

    /// <summary>Which tenants were asked what is not certain of them; where none is known, steps of <c>migrate</c> write to sandboxes only.</summary>
    public IProbes Probes { get; init; } = NoProbes.Instance;

    /// <summary>Keeps what the quota taught for the next run.</summary>
    public required Func<LearnedRates, CancellationToken, ValueTask> KeepLearnedAsync { get; init; }

    /// <summary>How the process is asked to end. At the first signal nothing begins any more and what has begun is finished; at the second it is left
    /// between two operations; at the third nothing is waited for.</summary>
    public EndSignals Signals { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Remembers what a run of this plan verifies.</summary>
    internal StateRecorder RecorderOf(PlanHeader plan) => new(States, StateDigests, Time, plan.Tenant.Id, plan.Policy, plan.Limits)
    {
        PlannedAt = plan.CreatedAt, IsPartial = plan.Origin is PlanOrigin.Undo or PlanOrigin.Migration,
    };

    /// <summary>Users of this plan's tenant who are owed SMS sign-in.</summary>
    internal SignInMemory SignInsOf(PlanHeader plan, bool isReadOnly = false) => new(Retries, plan.Tenant.Id, Time, isReadOnly);

    /// <summary>Distinguishes drift from intent while a plan is made.</summary>
    internal DriftMemory Drift() => new(States, Tenant.Changes, StateDigests, Time, Hidden);
}
