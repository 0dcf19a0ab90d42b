using System.Diagnostics;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>What <c>apply</c> and <c>resume</c> share: reporting how a run ended.</summary>
internal sealed class RunEnd(CommonOptions options, Invocation invocation, Messages messages, ReportOutput reports)
{
    /// <param name="workspace">For masks and evidence.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="plan">The saved plan that was applied; null: none was.</param>
    /// <exception cref="ProvisioningException">It was refused before there was a run to report.</exception>
    public Task<int> ReportAsync(Workspace workspace, RunResult result, SavedPlanFile? plan) => result switch
    {
        RunResult.Finished finished => ReportAsync(workspace, finished.Run, finished.EvidenceProblem, plan),
        RunResult.Blocked { Run: { } run } blocked => ReportAsync(workspace, run, blocked.EvidenceProblem, plan),
        _ => throw Refusals.From(result) ?? (Exception)new UnreachableException(result.GetType().Name),
    };

    private async Task<int> ReportAsync(Workspace workspace, RunHeader run, string? evidenceProblem, SavedPlanFile? plan)
    {
        if (evidenceProblem is not null) await messages.ReportErrorAsync(evidenceProblem);
        Report report = RunReport.From(workspace, run) with { Context = Context(workspace, run, plan) };
        bool written = await reports.WriteAsync(workspace, report, invocation.Signals.Gone);
        return ExitCodes.From(run) switch { ExitCodes.Done when !written || evidenceProblem is not null => ExitCodes.Error, var exit => exit };
    }

    private CommandContext Context(Workspace workspace, RunHeader run, SavedPlanFile? plan)
    {
        CommandContext context = options.Context.In(workspace, run.Plan.Origin).Judged(workspace, run.Plan.Origin, run.Plan.Summary, plan?.Approvals);
        bool isTyped = plan is null && context.Source is not null;
        return isTyped ? context : context.WithSourceOf(workspace, run.Plan.Origin, run.Plan.Source.Name).WithPlan(plan?.Name);
    }
}
