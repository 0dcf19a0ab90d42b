using System.Diagnostics;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>What <c>apply</c> and <c>resume</c> share: reporting how a run ended.</summary>
internal static class RunEnd
{
    /// <exception cref="ProvisioningException">It was refused before there was a run to report.</exception>
    public static Task<int> ReportAsync(VerbContext context, Workspace workspace, RunResult result) => result switch
    {
        RunResult.Finished finished => ReportAsync(context, workspace, finished.Run, finished.EvidenceProblem),
        RunResult.Blocked { Run: { } run } blocked => ReportAsync(context, workspace, run, blocked.EvidenceProblem),
        _ => throw Refusals.Of(result) ?? (Exception)new UnreachableException(result.GetType().Name),
    };

    private static async Task<int> ReportAsync(VerbContext context, Workspace workspace, RunHead run, string? evidenceProblem)
    {
        if (evidenceProblem is not null) await context.ReportErrorAsync(evidenceProblem);
        bool written = await ReportOutput.WriteAsync(context, workspace, RunReport.Of(workspace, run), context.Cancellation);
        if (run.Resumable) context.Report($"To go on: provision resume {run.RunId}{context.Options.SameAgain}");
        return ExitCodes.Of(run) switch { ExitCodes.Done when !written || evidenceProblem is not null => ExitCodes.Error, var exit => exit };
    }
}
