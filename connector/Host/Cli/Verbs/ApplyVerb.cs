using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Pipeline;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>How <c>apply</c> goes about it.</summary>
/// <param name="Yes">Do not ask.</param>
/// <param name="Limit">Start at most so many users.</param>
/// <param name="Canary">Do so many first.</param>
internal sealed record ApplyArguments(bool Yes, long? Limit, int? Canary)
{
    public RunBounds Bounds => new(Limit, Canary);
}

/// <summary><c>apply SOURCE</c> and <c>apply PLAN.json</c>: plan, or check the saved plan, and execute.</summary>
internal sealed class ApplyVerb(
    WorkspaceOpening workspaces, CommandSources sources, RunRequests requests, CommandPipelines pipelines, Consents consents, ReportOutput reports,
    RunEnd end)
{
    public async Task<int> RunAsync(SourceArguments source, ApplyArguments arguments, CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        reports.Check();
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        await using SavedPlanFile? saved = await SavedPlanFile.TryOpenAsync(source.Source, workspace, stop);
        await using TenantPipeline pipeline = pipelines.Open(workspace, tenant);
        RunWork work = saved is null ? sources.Rows(source, workspace) : new RunWork.SavedPlan(saved);
        RunRequest request = requests.For(work, tenant) with { Bounds = arguments.Bounds };
        RunResult result = await pipeline.Runs.RunAsync(request, consents.ToPlan(workspace, arguments.Yes), stop);
        return await end.ReportAsync(workspace, result, saved);
    }
}
