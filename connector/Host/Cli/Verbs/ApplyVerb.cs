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
internal static class ApplyVerb
{
    public static async Task<int> RunAsync(VerbContext context, SourceArguments source, ApplyArguments arguments)
    {
        CancellationToken stop = context.Stop;
        await using Workspace workspace = await WorkspaceOpening.OpenAsync(context, stop);
        ReportOutput.Check(context.Options);
        TenantOpening opening = workspace.Opening();
        await using ReadingTenant tenant = await opening.OpenAsync(await workspace.LearnedAsync(stop), stop);
        await using SavedPlanFile? saved = await SavedPlanFile.TryOpenAsync(source.Source, workspace, stop);
        await using TenantPipeline pipeline = TenantPipeline.Of(workspace, tenant, opening, context.Signals);
        RunWork work = saved is null ? context.Rows(source, workspace) : new RunWork.SavedPlan(saved);
        RunRequest request = context.Request(work, tenant) with { Bounds = arguments.Bounds };
        RunResult result = await pipeline.Runs.RunAsync(request, new PlanConsent(context, workspace, arguments.Yes), stop);
        return await RunEnd.ReportAsync(context, workspace, result);
    }
}
