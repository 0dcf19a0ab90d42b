using System.Diagnostics;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>What <c>apply</c> and <c>resume</c> share: reporting how a run ended.</summary>
internal sealed class RunEnd(CommonOptions options, Invocation invocation, Messages messages, ReportOutput reports)
{
    /// <exception cref="ProvisioningException">It was refused before there was a run to report.</exception>
    public Task<int> ReportAsync(Workspace workspace, RunResult result) => result switch
    {
        RunResult.Finished finished => ReportAsync(workspace, finished.Run, finished.EvidenceProblem),
        RunResult.Blocked { Run: { } run } blocked => ReportAsync(workspace, run, blocked.EvidenceProblem),
        _ => throw Refusals.From(result) ?? (Exception)new UnreachableException(result.GetType().Name),
    };

    private async Task<int> ReportAsync(Workspace workspace, RunHeader run, string? evidenceProblem)
    {
        if (evidenceProblem is not null) await messages.ReportErrorAsync(evidenceProblem);
        bool written = await reports.WriteAsync(workspace, RunReport.From(workspace, run), invocation.Signals.Gone);
        if (run.Resumable) messages.Report($"To go on: provision resume {run.RunId}{options.SameAgain}");
        return ExitCodes.From(run) switch { ExitCodes.Done when !written || evidenceProblem is not null => ExitCodes.Error, var exit => exit };
    }
}
