using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Pipeline;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>How to plan.</summary>
/// <param name="SaveTo">Where the plan is saved; null: nowhere.</param>
/// <param name="CheckNumbers">Ask for a second opinion on every number.</param>
internal sealed record PlanArguments(string? SaveTo, bool CheckNumbers);

/// <summary><c>plan SOURCE</c>: resolve, read, diff, guard, show. Writes nothing to the tenant.</summary>
internal sealed class PlanVerb(
    WorkspaceOpening workspaces, CommandSources sources, RunRequests requests, CommandPlanner planner, ReportOutput reports, PlanOutput output)
{
    public async Task<int> RunAsync(SourceArguments source, PlanArguments how, CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        reports.Check();
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        RunRequest request = requests.For(sources.Rows(source, workspace), tenant) with { CheckNumbers = how.CheckNumbers };
        await using PreparedRun plan = await planner.PlanAsync(request, workspace, tenant);
        return await output.FinishAsync(workspace, tenant, plan, how.SaveTo, stop);
    }
}
