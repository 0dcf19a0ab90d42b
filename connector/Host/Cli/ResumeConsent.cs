using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Standing;

namespace ProvisioningConnector.Host.Cli;

/// <summary>The run was confirmed when it began; a person at a terminal is asked once more, about what is left.</summary>
internal sealed class ResumeConsent(Terminal terminal, ReportOutput reports, Workspace workspace, bool yes) : IConsent
{
    /// <inheritdoc/>
    public async ValueTask AskAsync(PreparedRun run, CancellationToken cancellation)
    {
        if (yes || !terminal.InputIsTerminal) return;
        LeftOver left = await LeftOver.OfAsync(workspace.Store.UsersAsync(run.RunId, cancellation), cancellation);
        if (left.Operations.Total == 0) return;
        RunHeader now = await workspace.Store.FindRunAsync(run.RunId, cancellation)
            ?? throw new ProvisioningException("unknownRun", $"The store has no run '{run.RunId}'.", "The list of runs shows the ids.");
        await reports.ShowAsync(workspace, RunReport.From(workspace, await workspace.Standings.LeftAsync(now, cancellation)), cancellation);
        Confirmation.AskLeft(terminal, run.Head.Tenant, left);
    }
}
