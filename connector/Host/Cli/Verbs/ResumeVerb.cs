using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Pipeline;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>resume RUN-ID</c>: go on after an interruption. Users are read anew; nothing is replayed blindly, nothing done twice.</summary>
internal static class ResumeVerb
{
    public static async Task<int> RunAsync(VerbContext context, string runId, ApplyArguments arguments)
    {
        CancellationToken stop = context.Stop;
        await using Workspace workspace = await WorkspaceOpening.OpenAsync(context, stop);
        ReportOutput.Check(context.Options);
        TenantOpening opening = workspace.Opening();
        await using ReadingTenant tenant = await opening.OpenAsync(await workspace.LearnedAsync(stop), stop);
        await using TenantPipeline pipeline = TenantPipeline.Of(workspace, tenant, opening, context.Signals);
        RunRequest request = context.Request(new RunWork.Resumed(runId), tenant) with { Bounds = arguments.Bounds };
        RunResult result = await pipeline.Runs.RunAsync(request, new ResumeConsent(context, workspace, arguments.Yes), stop);
        return await RunEnd.ReportAsync(context, workspace, result);
    }
}
