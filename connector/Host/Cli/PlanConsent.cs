using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Shows the plan and asks the person at the terminal before the first write.</summary>
internal sealed class PlanConsent(CommonOptions options, Terminal terminal, ReportOutput reports, Workspace workspace, bool yes) : IConsent
{
    /// <inheritdoc/>
    public async ValueTask AskAsync(PreparedRun run, CancellationToken cancellation)
    {
        if (run.Head.Summary.Operations.Total == 0) return;
        if (!yes || options is { Format: OutputFormat.Text, Quiet: false })
        {
            await reports.ShowAsync(workspace, Report.From(run.Head, run.UsersAsync, workspace.Digests), cancellation);
        }

        Confirmation.Ask(terminal, run.Head, yes);
    }
}
