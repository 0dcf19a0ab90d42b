using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Runs;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Standing;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>resume RUN-ID</c>: go on after an interruption. Users are read anew; nothing is replayed blindly, nothing done twice.</summary>
internal static class ResumeVerb
{
    public static async Task<int> RunAsync(VerbContext context, string runId, ApplyArguments arguments)
    {
        CancellationToken stop = context.Stop;
        await using Workspace workspace = await WorkspaceOpening.OpenAsync(context, stop);
        RunHead run = await FindAsync(workspace, runId, stop);
        TenantOpening opening = workspace.Opening();
        await using ReadingTenant tenant = await opening.OpenAsync(await workspace.LearnedAsync(stop), stop);
        if (!string.Equals(run.Plan.Tenant.Id, tenant.Identity.Id, StringComparison.OrdinalIgnoreCase))
        {
            throw new ProvisioningException("runOfAnotherTenant",
                $"The run {runId} is of tenant '{run.Plan.Tenant.Name}' ({run.Plan.Tenant.Id}), not of '{tenant.Identity.Name}'.",
                "Choose that tenant with --tenant.");
        }

        ReportOutput.Check(context.Options);
        await using TenantHold hold = new(context.Order, workspace, tenant.Identity, runId);
        await hold.TakeAsync(stop);
        // Whoever held the tenant until now may have gone on with this very run.
        run = await FindAsync(workspace, runId, stop);
        GivenApprovals.CheckResumed(context, workspace, run);
        await CheckProtectedAsync(workspace, tenant, run, stop);
        workspace.Audit.CheckSecond();
        // The run was confirmed when it began; a person at a terminal is asked once more, about what is left.
        if (!arguments.Yes && context.Terminal.InputIsTerminal) await AskAsync(context, workspace, run, stop);
        using WritingDoor writing = opening.OpenForWriting();
        await writing.AuthenticateAsync(stop);
        await hold.CheckAsync(stop);
        RunHead again = run with { ResumedAt = run.ResumedAt.Add(context.Time.GetUtcNow()), Outcome = RunOutcome.Running,
            AppliedBy = context.Actor, EndedAt = null, Diagnostics = [] };
        await workspace.Audit.BeginsAsync(again, context.Options.Reason, stop);
        await workspace.Store.UpdateAsync(again, stop);
        RunHead ended = await RunExecution.GoAsync(context.Order, workspace, tenant, hold, writing, again, arguments.Bounds);
        return await RunEnd.ReportAsync(context, workspace, ended);
    }

    private static async Task AskAsync(VerbContext context, Workspace workspace, RunHead run, CancellationToken stop)
    {
        LeftOver left = await LeftOver.OfAsync(workspace.Store.UsersAsync(run.RunId, stop), stop);
        if (left.Operations.Total == 0) return;
        await ReportOutput.ShowAsync(context, workspace, RunReport.Of(workspace, await workspace.Standings.LeftAsync(run, stop)), stop);
        Confirmation.AskLeft(context.Terminal, run.Plan.Tenant, left);
    }

    /// <summary>Users may have been protected since the run was planned.</summary>
    private static async Task CheckProtectedAsync(Workspace workspace, ReadingTenant tenant, RunHead run, CancellationToken stop)
    {
        IAsyncEnumerable<PlannedUser> left = workspace.Store.UsersAsync(run.RunId, stop).Where(user => user.Result is null).Select(user => user.Planned);
        ImmutableArray<Diagnostic> barred = await ProtectionGate.OfEarlierAsync(workspace, tenant, run.Plan.Allowances, left, stop);
        if (barred.IsEmpty) return;
        throw new ProvisioningException(barred[0].Code, $"The run {run.RunId} cannot be resumed. {string.Join(" ", barred.Select(d => d.Message))}",
            "Check Tenants:NAME:Protected in the configuration; or plan again and apply the new plan.", FailureKind.Blocked);
    }

    private static async Task<RunHead> FindAsync(Workspace workspace, string runId, CancellationToken stop)
    {
        RunHead run = await workspace.Store.FindRunAsync(runId, stop)
            ?? throw new ProvisioningException("unknownRun", $"The store knows no run '{runId}'.", "See 'provision runs'.");
        if (run.Kind == RunKind.OneUser)
        {
            throw new ProvisioningException("notResumable", $"The run {runId} is a change of one user, which is not resumed.",
                "Make the change again: send the request, or run the command, once more. A repeat sends only what is left.");
        }

        // Whether one that says it is running still is, the lease decides.
        return run.Resumable || run.Outcome == RunOutcome.Running
            ? run
            : throw new ProvisioningException("notResumable", $"The run {runId} ended with '{run.Outcome.Name()}'; there is nothing to go on with.",
                "Plan again to see what is left to do.");
    }
}
