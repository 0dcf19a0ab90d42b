using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>A run that was interrupted and goes on.</summary>
internal sealed class ResumeStages(PipelinePorts ports, PipelineSettings settings, RunRequest request, string runId)
    : ManyUserStages(ports, settings, request, runId)
{
    /// <inheritdoc/>
    public override PlanHeader Head => Run.Plan;

    /// <summary>The run itself is in the store.</summary>
    public override bool NeedsKnownStore => false;

    /// <inheritdoc/>
    protected override bool NeedsWriter => true;

    /// <inheritdoc/>
    public override IAsyncEnumerable<PlannedUser> UsersAsync(CancellationToken cancellation) =>
        Ports.Store.UsersAsync(RunId, cancellation).Select(static user => user.Planned);

    /// <inheritdoc/>
    public override async ValueTask<RunResult?> OpenAsync(CancellationToken cancellation)
    {
        RunHeader run = await FindAsync(cancellation);
        if (string.Equals(run.Plan.Tenant.Id, Ports.Tenant.Identity.Id, StringComparison.OrdinalIgnoreCase)) return null;
        throw new ProvisioningException("runOfAnotherTenant",
            $"The run {RunId} is of tenant '{run.Plan.Tenant.Name}' ({run.Plan.Tenant.Id}), not of '{Ports.Tenant.Identity.Name}'.",
            "Choose that tenant with --tenant.");
    }

    /// <inheritdoc/>
    public override async ValueTask<RunResult?> PlanAsync(CancellationToken cancellation)
    {
        // The last holder of the tenant may have gone on with this very run.
        Run = await FindAsync(cancellation);
        return null;
    }

    /// <summary>To go on needs what beginning needed: an approval by someone else than who goes on. It may have expired since.</summary>
    public override ValueTask<ImmutableArray<Diagnostic>> MissingApprovalAsync(CancellationToken cancellation)
    {
        if (!ApprovalJudge.Needs(Settings.RequireApproval, Head)) return new(ImmutableArray<Diagnostic>.Empty);
        ApprovalVerdict verdict = Settings.Approvals.Judge(
            Head, Run.PlanSeal, Run.Approval is { } given ? [given] : [], Request.Actor, Run.StartedAt);
        if (verdict is not ApprovalVerdict.Missing missing) return new(ImmutableArray<Diagnostic>.Empty);
        string more = string.Join(" ", missing.Why.Skip(1).Select(w => w.Message));
        return new([Diagnostic.Error("approvalMissing",
            $"The run {RunId} cannot be resumed: {ApprovalJudge.Why(Settings.RequireApproval, Head)}, and its approval does not allow {Request.Actor} to "
            + $"continue it. Nothing was written. {more}".TrimEnd())]);
    }

    /// <summary>Users may have been protected since the run was planned.</summary>
    public override async ValueTask<ImmutableArray<Diagnostic>> ProtectionsAsync(CancellationToken cancellation)
    {
        IAsyncEnumerable<PlannedUser> left = Ports.Store.UsersAsync(RunId, cancellation).Where(user => user.Result is null).Select(user => user.Planned);
        ImmutableArray<Diagnostic> barred = await ProtectionCheck.OfEarlierAsync(Settings, Ports.Tenant.Directory, Head.Allowances, left, cancellation);
        return barred.IsEmpty ? [] : [barred[0] with { Message = $"The run {RunId} cannot be resumed. {string.Join(" ", barred.Select(d => d.Message))}" }];
    }

    /// <summary>The run stays as it is: it may be resumed when the cause is gone.</summary>
    public override ValueTask<RunResult> BlockAsync(BlockCause cause, ImmutableArray<Diagnostic> why, CancellationToken cancellation) => new(
        new RunResult.Blocked(cause, why)
        {
            Advice = cause == BlockCause.Approval
                ? "Someone other than the approver can resume it; or plan again, save the plan, have it approved and apply it."
                : "Check Tenants:NAME:Protected in the configuration; or plan again and apply the new plan.",
        });

    /// <inheritdoc/>
    public override async ValueTask BeginAsync(CancellationToken cancellation)
    {
        if (Request.Bounds.Canary is { } users)
        {
            (long settled, long notDone) = await SettledAsync();
            Run = Run with { Canary = new Canary(users, settled, notDone) };
        }

        Run = Run with
        {
            ResumedAt = Run.ResumedAt.Add(Ports.Time.GetUtcNow()),
            Outcome = RunOutcome.Running,
            AppliedBy = Request.Actor,
            EndedAt = null,
            Diagnostics = [],
        };
        await Evidence.BeginsAsync(Run, Request.Recorded, cancellation);
        await Ports.Store.UpdateAsync(Run, cancellation);
    }

    private async ValueTask<RunHeader> FindAsync(CancellationToken cancellation)
    {
        RunHeader run = await Ports.Store.FindRunAsync(RunId, cancellation)
            ?? throw new ProvisioningException("unknownRun", $"The store has no run '{RunId}'.", "The list of runs shows the ids.");
        if (run.Kind == RunKind.OneUser)
        {
            throw new ProvisioningException("notResumable", $"The run {RunId} is a change of one user, which is not resumed.",
                "Make the change again: send the request, or run the command, once more. A repeat sends only what is left.");
        }

        // Whether one that says it is running still is, the lease decides.
        return run.Resumable || run.Outcome == RunOutcome.Running
            ? run
            : throw new ProvisioningException("notResumable", $"The run {RunId} ended with '{run.Outcome.Name()}'; there is nothing to resume.",
                "Plan again to see what is left to do.");
    }
}
