using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>history USER</c>: all that was decided and done for a user, from the store alone; the tenant is not asked.</summary>
internal static class HistoryVerb
{
    public static async Task<int> RunAsync(VerbContext context, string userText)
    {
        string user = UserArgument.Text(userText);
        await using Workspace workspace = await WorkspaceOpening.OpenAsync(context, context.Stop);
        if (context.Options.Reveal) await workspace.Audit.RevealsAsync($"history {user}", context.Options.Reason, context.Stop);
        IAsyncEnumerable<PastUser> past = workspace.History.OfAsync(user, context.Stop)
            .Select(async (PastUser one, CancellationToken cancellation) => one with { Run = await workspace.Standings.OfAsync(one.Run, cancellation) });
        HistoryDocument document = HistoryDocument.Of(user, await past.ToListAsync(context.Stop), workspace.Digests, context.Options.Reveal);
        if (context.Options.Format == OutputFormat.Json) await JsonReports.WriteAsync(document, context.Terminal.Output, context.Stop);
        else await ReportOutput.TextAsync(context.Terminal.Output, writer => HistoryText.WriteAsync(document, writer, context.Stop));
        return ExitCodes.Done;
    }
}
