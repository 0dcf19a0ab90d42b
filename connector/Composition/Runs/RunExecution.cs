using System.Collections.Immutable;
using ProvisioningConnector.Composition.Audit;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Runs.Retry;

namespace ProvisioningConnector.Composition.Runs;

/// <summary>From a plan to an ended run: blocked, or begun, worked off and told to the chain of evidence. Nobody is asked here.</summary>
internal static class RunExecution
{
    /// <summary>The run of a plan, not begun yet.</summary>
    public static RunHead New(RunOrder order, string runId, PlanHead plan) =>
        new() { RunId = runId, Plan = plan, StartedAt = order.Time.GetUtcNow(), AppliedBy = order.Actor };

    /// <summary>Why a plan that nobody approved is not executed; null when it may be.</summary>
    private static Diagnostic? NeedsApproval(Workspace workspace, PlanHead plan) => !ApprovalJudge.Needs(workspace.Tenant.RequireApproval, plan) ? null
        : Diagnostic.Error("approvalMissing",
            $"RequireApproval is {workspace.Tenant.RequireApproval}, so a second person must approve what is written. Nothing is written. Save the plan (provision plan SOURCE --out PLAN.json), "
            + "have it approved (provision approve PLAN.json --reason TEXT), then run: provision apply PLAN.json");

    /// <summary>Why a plan that was just made is not executed, guardrails aside: an approval, or an entry of <c>Protected</c> that protects nobody.</summary>
    public static ImmutableArray<Diagnostic> Missing(Workspace workspace, PlanHead plan) =>
        NeedsApproval(workspace, plan) is { } approval ? [.. ProtectionGate.OfFresh(plan), approval] : ProtectionGate.OfFresh(plan);

    /// <summary>Writes down a run that nothing is sent of.</summary>
    public static async Task<RunHead> BlockAsync(
        RunOrder order, Workspace workspace, RunHead run, Func<CancellationToken, IAsyncEnumerable<PlannedUser>> users, ImmutableArray<Diagnostic> why)
    {
        RunHead blocked = run with
        {
            Outcome = RunOutcome.Blocked,
            EndedAt = order.Time.GetUtcNow(),
            Outcomes = new() { Skipped = run.Plan.Summary.Changed },
            Diagnostics = [.. why, .. run.Plan.Guardrails.Where(g => g.Verdict == Verdict.Blocked).Select(g => Diagnostic.Error("blocked", g.Message))],
        };
        await workspace.Audit.BeginsAsync(blocked, order.Reason, order.Stop);
        await workspace.Store.BeginAsync(blocked, users(order.Stop), order.Stop);
        return blocked;
    }

    /// <summary>Begins the run and works it off; whoever has to agree has agreed.</summary>
    /// <param name="order">In whose name, and the signals.</param>
    /// <param name="workspace">Store and evidence.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="hold">Its lease, taken.</param>
    /// <param name="open">Opens the way to write; asked only when there is something to write.</param>
    /// <param name="run">The run.</param>
    /// <param name="users">Its users.</param>
    /// <param name="bounds">How far to go.</param>
    /// <param name="claim">Called when nothing but the store can keep the run from beginning.</param>
    public static async Task<RunHead> ExecuteAsync(
        RunOrder order, Workspace workspace, ReadingTenant tenant, TenantHold hold, Func<WritingDoor> open, RunHead run,
        Func<CancellationToken, IAsyncEnumerable<PlannedUser>> users, RunBounds bounds, Func<string, CancellationToken, Task> claim)
    {
        PlanHead plan = run.Plan;
        // A credential that cannot write is found before the plan counts as applied and a run begins.
        using WritingDoor? writing = plan.Summary.Operations.Total > 0 ? open() : null;
        if (writing is not null) await writing.AuthenticateAsync(order.Stop);
        await hold.CheckAsync(order.Stop);
        await claim(run.RunId, order.Stop);
        await workspace.Recorder(plan).BeginAsync(users(order.Stop), order.Stop);
        await workspace.Audit.BeginsAsync(run, order.Reason, order.Stop);
        await workspace.Store.BeginAsync(run, users(order.Stop), order.Stop);
        if (AcceptedSource.Of(run) is { } accepted) await workspace.Sources.AcceptAsync(plan.Tenant.Id,
            plan.Source.Name, plan.Source.Delta, accepted, order.Stop);
        return await GoAsync(order, workspace, tenant, hold, writing, run, bounds);
    }

    /// <summary>Works off a run that has begun, for the first time or again.</summary>
    public static async Task<RunHead> GoAsync(
        RunOrder order, Workspace workspace, ReadingTenant tenant, TenantHold hold, WritingDoor? writing, RunHead run, RunBounds bounds)
    {
        RetryBook retries = new(workspace.Retries, workspace.StateDigests, order.Time, run.Plan);
        ExecutorSettings settings = new() { RequestTimeout = workspace.Tenant.Graph.RequestTimeout };
        AuditedJournal journal = workspace.Audit.Journal(run);
        RunSettings how = new()
        {
            MayBegin = tenant.MayBegin, Limit = bounds.Limit, Canary = bounds.Canary, Used = tenant.Used, Begins = journal.Begins, Ended = retries.SeeAsync,
            Lease = hold.Lease, Locks = workspace.Locks, Cut = order.Cut,
        };
        CoalescedReads reads = new(tenant.Methods);
        tenant.Executing();
        Executor executor = new(reads, writing is null ? NoWriter.Instance : writing.Methods, journal, order.Time, settings);
        using Runner runner = new(workspace.Store, executor, order.Time, how, order.Progress(tenant.Pacing), workspace.Quarantines);
        RunHead ended = await runner.RunAsync(run, new RunAuthority(run.RunId, hold.Lease), order.Stop, order.Cancellation);
        await workspace.Recorder(run.Plan).RunAsync(workspace.Store.UsersAsync(run.RunId, order.Cancellation), order.Cancellation);
        await retries.FlushAsync(order.Cancellation);
        await workspace.KeepLearnedAsync(tenant.Learned, order.Cancellation);
        return ended;
    }

    /// <summary>Tells the chain of evidence how the run ended. What went wrong with its second sink; null when nothing did.</summary>
    public static async Task<string?> EndAsync(RunOrder order, Workspace workspace, RunHead run)
    {
        await workspace.Audit.EndsAsync(run, order.Cancellation);
        return await workspace.Audit.ConcludeAsync(order.Cancellation);
    }
}
