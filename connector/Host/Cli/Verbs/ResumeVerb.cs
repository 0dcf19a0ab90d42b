using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Pipeline;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>resume RUN-ID</c>: go on after an interruption. Users are read anew; nothing is replayed blindly, nothing done twice.</summary>
internal sealed class ResumeVerb(
    WorkspaceOpening workspaces, RunRequests requests, CommandPipelines pipelines, Consents consents, ReportOutput reports, RunEnd end)
{
    public async Task<int> RunAsync(string runId, ApplyArguments arguments, CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        reports.Check();
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        await using TenantPipeline pipeline = pipelines.Open(workspace, tenant);
        RunRequest request = requests.For(new RunWork.Resumed(runId), tenant) with { Bounds = arguments.Bounds };
        RunResult result = await pipeline.Runs.RunAsync(request, consents.ToRest(workspace, arguments.Yes), stop);
        return await end.ReportAsync(workspace, result, plan: null);
    }
}
