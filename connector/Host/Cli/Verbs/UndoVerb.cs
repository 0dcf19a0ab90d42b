using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Undo;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>undo RUN-ID</c>: the inverse plan. Like <c>plan</c> it writes nothing to the tenant; what it saves is applied with <c>apply</c>.</summary>
internal sealed class UndoVerb(
    WorkspaceOpening workspaces, CommandSources sources, RunRequests requests, CommandPlanner planner, ReportOutput reports, PlanOutput output,
    Messages messages)
{
    public async Task<int> RunAsync(string runId, SourceArguments? source, string? saveTo, CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        reports.Check();
        RunHeader run = await workspace.Store.FindRunAsync(runId, stop)
            ?? throw new ProvisioningException("unknownRun", $"The store has no run '{runId}'.", "The list of runs shows the ids.");
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        if (!string.Equals(run.Plan.Tenant.Id, tenant.Identity.Id, StringComparison.OrdinalIgnoreCase))
        {
            throw new ProvisioningException("runOfAnotherTenant",
                $"The run {runId} is of tenant '{run.Plan.Tenant.Name}' ({run.Plan.Tenant.Id}), not of '{tenant.Identity.Name}'.",
                "Choose that tenant with --tenant.");
        }

        if (run.IsUnfinished) messages.Report($"note: the run {runId} did not finish; resuming it would redo what is undone here.");
        UndoTerms terms = await TermsAsync(workspace, run, source, stop);
        await using PreparedRun plan = await PlanAsync(workspace, tenant, run, terms);
        if (plan.Head.Summary.Users == 0) messages.Report($"The run {runId} applied nothing, so nothing needs to be undone.");
        return await output.FinishAsync(workspace, tenant, plan, saveTo, stop);
    }

    private async Task<UndoTerms> TermsAsync(Workspace workspace, RunHeader run, SourceArguments? arguments, CancellationToken stop)
    {
        UndoTerms terms = new(workspace.Time.GetUtcNow(), MigrationParts.UndoMaxAge(workspace.Tenant, run.Plan.Origin), run.EndedAt ?? run.StartedAt, null);
        if (arguments is null) return terms;
        IReadOnlySet<UserKey> users = await UndoRows.UsersAsync(workspace.Store, run.RunId, terms, stop);
        await using OpenedSource source = await sources.OpenAsync(arguments, workspace, stop);
        return terms with { Source = await UndoSource.ReadAsync(source.Rows.RowsAsync(stop), users, stop) };
    }

    private Task<PreparedRun> PlanAsync(Workspace workspace, ReadingTenant tenant, RunHeader run, UndoTerms terms)
    {
        RunWork.Rows rows = new(_ => new ValueTask<IRowSource>(new UndoneRun(workspace.Store, run, terms)))
        {
            Policy = UndoRows.Policy(workspace.Tenant.Policy),
        };
        return planner.PlanAsync(requests.For(rows, tenant), workspace, tenant);
    }
}
