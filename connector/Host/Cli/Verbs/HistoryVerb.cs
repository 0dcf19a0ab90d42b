using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Readiness;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>history USER</c>: all that was decided and done for a user, from the store alone; the tenant is not asked.</summary>
internal sealed class HistoryVerb(CommonOptions options, Terminal terminal, WorkspaceOpening workspaces)
{
    public async Task<int> RunAsync(string userText, CancellationToken stop)
    {
        string user = UserArgument.Text(userText);
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        if (options.Reveal) await workspace.Audit.RevealsAsync($"history {user}", options.Reason, stop);
        IAsyncEnumerable<PastUser> past = workspace.History.OfAsync(user, stop)
            .Select(async (PastUser one, CancellationToken cancellation) => one with { Run = await workspace.Standings.OfAsync(one.Run, cancellation) });
        HistoryDocument document = HistoryDocument.From(user, await past.ToListAsync(stop), workspace.Digests, options.Reveal) with
        {
            Readiness = await ReadinessAsync(workspace, user, stop),
        };
        if (options.Format == OutputFormat.Json) await JsonReports.WriteAsync(document, terminal.Output, stop);
        else await ReportOutput.TextAsync(terminal, writer => HistoryText.WriteAsync(document, writer, stop));
        return ExitCodes.Done;
    }

    /// <summary>Opening a tenant asks it nothing; it gives the name under which people are kept.</summary>
    private static async ValueTask<ImmutableArray<ReadinessPoint>?> ReadinessAsync(Workspace workspace, string user, CancellationToken stop)
    {
        if (workspace.Tenant.Readiness.History.Kind == HistoryKind.Counts) return null;
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(null, stop);
        return await new PeopleHistory(workspace, tenant.Identity.Id).OfAsync(user, stop);
    }
}
