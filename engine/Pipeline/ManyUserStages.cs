using System.Collections.Immutable;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Runs.Retry;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>What runs of many users have in common: the tenant's lease, the journal, the execution.</summary>
internal abstract class ManyUserStages : Stages
{
    private RunHeader? _run;

    protected ManyUserStages(PipelinePorts ports, PipelineSettings settings, RunRequest request, string runId)
        : base(request, runId)
    {
        (Ports, Settings) = (ports, settings);
        Hold = new TenantHold(ports, settings, request, runId);
        Evidence = ports.Evidence(request.Actor);
    }

    public override bool IsOneUser => false;

    public override IWriteLock Lock => Hold.Lease;

    /// <summary>The run as far as it is known; there once the plan is.</summary>
    protected RunHeader Run
    {
        get => _run ?? throw new InvalidOperationException("There is no plan yet.");
        set => _run = value;
    }

    protected PipelinePorts Ports { get; }

    protected PipelineSettings Settings { get; }

    protected TenantHold Hold { get; }

    protected IEvidence Evidence { get; }

    private CancellationToken Stop => Ports.Signals.Stop;

    /// <summary>Second signal: give up at once.</summary>
    private CancellationToken GiveUp => Ports.Signals.Gone;

    /// <inheritdoc/>
    public override async ValueTask<RunResult?> LockAsync(CancellationToken cancellation) => await Hold.TakeAsync(cancellation);

    /// <summary>Limits over time of runs are guardrails of the plan, which counts what earlier runs applied.</summary>
    public override ValueTask<RunResult?> JudgeAsync(CancellationToken cancellation) => new((RunResult?)null);

    /// <inheritdoc/>
    public override async ValueTask<RunResult> BlockAsync(BlockCause cause, ImmutableArray<Diagnostic> why, CancellationToken cancellation)
    {
        RunHeader blocked = Run with
        {
            Outcome = RunOutcome.Blocked,
            EndedAt = Ports.Time.GetUtcNow(),
            Outcomes = new() { Skipped = Head.Summary.Changed },
            Used = Ports.Tenant.Used(),
            Diagnostics = [.. why, .. Head.Guardrails.Where(g => g.Verdict == Verdict.Blocked).Select(g => Diagnostic.Error("blocked", g.Message))],
        };
        await Evidence.BeginsAsync(blocked, Request.Recorded, cancellation);
        await Ports.Store.BeginAsync(blocked, UsersAsync(cancellation), cancellation);
        return new RunResult.Blocked(cause, blocked.Diagnostics) { Run = blocked, EvidenceProblem = await EndAsync(blocked) };
    }

    /// <inheritdoc/>
    public override async ValueTask<RunResult?> ReadyAsync(ITenantWriter writer, CancellationToken cancellation)
    {
        // A credential that cannot write is found before the plan counts as applied and a run begins.
        if (NeedsWriter) await writer.AuthenticateAsync(cancellation);
        if (await Hold.CheckAsync(cancellation) is { } busy) return busy;
        await ClaimAsync(cancellation);
        return null;
    }

    /// <inheritdoc/>
    public override async ValueTask BeginAsync(CancellationToken cancellation)
    {
        await Ports.RecorderOf(Head).BeginAsync(UsersAsync(cancellation), cancellation);
        if (Head.Summary.Moves > 0) await Ports.SignInsOf(Head).BeginAsync(UsersAsync(cancellation), cancellation);
        await Evidence.BeginsAsync(Run, Request.Recorded, cancellation);
        await Ports.Store.BeginAsync(Run, UsersAsync(cancellation), cancellation);
        if (AcceptedSource.From(Run) is not { } accepted) return;
        await Ports.Sources.AcceptAsync(Head.Tenant.Id, Head.Source.Name, Head.Source.Delta, accepted, cancellation);
    }

    /// <inheritdoc/>
    public override async ValueTask<RunResult?> ExecuteAsync(RunAuthority authority, ITenantWriter writer)
    {
        (int? canary, bool hasFailed) = await CanaryLeftAsync();
        RetryTracker retries = new(Ports.Retries, Ports.StateDigests, Ports.Time, Head);
        IEvidenceJournal journal = Evidence.Journal(Run, Ports.Store);
        RunSettings how = new()
        {
            MayBegin = Ports.Tenant.MayBegin, Limit = Request.Bounds.Limit, Canary = canary, CanaryHasFailed = hasFailed, Used = Ports.Tenant.Used,
            Begins = journal.Begins, Ended = retries.ObserveAsync, Lease = Hold.Lease, Locks = Ports.Locks, Cut = Ports.Signals.Cut,
        };
        Ports.Tenant.Executing();
        UserExecutor executor = new(
            new CoalescedReads(Ports.Tenant.Methods), NeedsWriter ? writer : NoWriter.Instance, journal, Ports.Time, Settings.Execution)
        {
            Check = WriteChecks.For(Ports, Head.Origin),
        };
        using RunExecutor runner = new(Ports.Store, executor, Ports.Time, how, Request.Progress(), Ports.Quarantines);
        RunHeader ended = await runner.RunAsync(Run, authority, Stop, GiveUp);
        await Ports.RecorderOf(Head).RunAsync(Ports.Store.UsersAsync(ended.RunId, GiveUp), GiveUp);
        await retries.FlushAsync(GiveUp);
        await Ports.KeepLearnedAsync(Ports.Tenant.Learned, GiveUp);
        return new RunResult.Ended(ended) { EvidenceProblem = await EndAsync(ended) };
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => Hold.DisposeAsync();

    /// <summary>Whether anything may have to be sent.</summary>
    protected virtual bool NeedsWriter => Head.Summary.Operations.Total > 0;

    /// <summary>Marks what may be executed once.</summary>
    protected virtual ValueTask ClaimAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>The run of a plan, not begun yet.</summary>
    protected RunHeader New(PlanHeader plan) => new()
    {
        RunId = RunId, Plan = plan, StartedAt = Ports.Time.GetUtcNow(), AppliedBy = Request.Actor,
        Canary = Request.Bounds.Canary is { } users ? new Canary(users) : null,
    };

    /// <summary>Users of the run who have a result, and those of them who are not done and verified.</summary>
    protected async ValueTask<(long Settled, long NotDone)> SettledAsync()
    {
        (long settled, long notDone) = (0, 0);
        await foreach (RunUser user in Ports.Store.UsersAsync(RunId, GiveUp))
        {
            if (user.Result is null || user.Planned.Plan.Operations.IsEmpty) continue;
            settled++;
            if (!user.IsWell) notDone++;
        }

        return (settled, notDone);
    }

    /// <summary>How many users still go first, and whether one of those before the interruption was not done; null where all of them are settled.</summary>
    private async ValueTask<(int? Users, bool HasFailed)> CanaryLeftAsync()
    {
        if (Run.Canary is not { } canary) return (null, false);
        if (Run.ResumedAt.IsEmpty) return (canary.Users, false);
        (long settled, long notDone) = await SettledAsync();
        long left = canary.Users - (settled - canary.Settled);
        return left > 0 ? ((int)left, notDone > canary.NotDone) : (null, false);
    }

    private async ValueTask<string?> EndAsync(RunHeader ended)
    {
        await Evidence.EndsAsync(ended, GiveUp);
        return await Evidence.ConcludeAsync(GiveUp);
    }
}
