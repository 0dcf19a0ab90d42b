using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Runs;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>What <c>apply</c> and <c>resume</c> share: telling how a run ended.</summary>
internal static class RunEnd
{
    public static async Task<int> ReportAsync(VerbContext context, Workspace workspace, RunHead run)
    {
        string? trouble = await RunExecution.EndAsync(context.Order, workspace, run);
        if (trouble is not null) await context.ReportErrorAsync(trouble);
        bool written = await ReportOutput.WriteAsync(context, workspace, RunReport.Of(workspace, run), context.Cancellation);
        if (run.Resumable) context.Tell($"To go on: provision resume {run.RunId}{context.Options.SameAgain}");
        return ExitCodes.Of(run) switch { ExitCodes.Done when !written || trouble is not null => ExitCodes.Error, var exit => exit };
    }
}
