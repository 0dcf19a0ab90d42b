using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Actions;

/// <summary><c>methods USER</c>: what the tenant holds of one user now. Reads only.</summary>
internal sealed class MethodsVerb(CommonOptions options, Terminal terminal, WorkspaceOpening workspaces)
{
    public async Task<int> RunAsync(string userText, CancellationToken stop)
    {
        UserKey key = UserArgument.Key(userText);
        if (!options.Reports.IsEmpty
            || options.Format is not (OutputFormat.Text or OutputFormat.Json)) throw new ProvisioningException("noReport",
                "A user's methods have a text and a JSON form, on standard output.", "Use --format text or --format json.");
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        DirectoryUser user = await tenant.Directory.FindAsync(key, stop) switch
        {
            DirectoryAnswer.Found { Users: [var one] } => one,
            DirectoryAnswer.Found { Users: [] } =>
                throw new ProvisioningException("userNotFound", $"The tenant has no user '{userText}'.",
                    "Check the spelling; a user created a few minutes ago may not be visible yet.", FailureKind.UserNotHandled),
            DirectoryAnswer.Found found =>
                throw new ProvisioningException("ambiguousUser", $"'{userText}' names {found.Users.Length} users of the tenant.",
                    "Name the user by object id or user principal name.", FailureKind.UserNotHandled),
            DirectoryAnswer.Failed failed =>
                throw new ProvisioningException(failed.Error.Code, failed.Error.Message, failed.Error.Advice, FailureKind.UserNotHandled),
            _ => throw new InvalidOperationException("An answer is of an unknown kind."),
        };
        CurrentMethods current = (await tenant.Methods.ReadAsync([new UserRead(user.Uid, KindSets.All)], stop))[0] switch
        {
            MethodsReading.Complete complete => complete.Methods with { Default = await tenant.Methods.ReadDefaultAsync(user.Uid, stop) },
            MethodsReading.NoUser none => throw new ProvisioningException(none.Error.Code, none.Error.Message, none.Error.Advice, FailureKind.UserNotHandled),
            MethodsReading.Failed failed =>
                throw new ProvisioningException(failed.Error.Code, failed.Error.Message, failed.Error.Advice, FailureKind.UserNotHandled),
            _ => throw new InvalidOperationException("A reading is of an unknown kind."),
        };
        if (options.Reveal) await workspace.Audit.RevealsAsync($"methods of {user.Uid}", options.Reason, stop);
        MethodsDocument document = MethodsDocument.From(tenant.Identity, userText, user, current, workspace.Digests, options.Reveal);
        if (options.Format == OutputFormat.Json) await JsonReports.WriteAsync(document, terminal.Output, stop);
        else await ReportOutput.TextAsync(terminal, writer => MethodsText.WriteAsync(document, writer));
        await terminal.Output.FlushAsync(stop);
        return ExitCodes.Done;
    }
}
