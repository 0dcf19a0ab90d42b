using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Json;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Actions;

/// <summary><c>methods USER</c>: what the tenant holds of one user now. Reads only.</summary>
internal static class MethodsVerb
{
    public static async Task<int> RunAsync(VerbContext context, string userText)
    {
        CancellationToken stop = context.Stop;
        UserKey key = UserArgument.Key(userText);
        if (!context.Options.Reports.IsEmpty
            || context.Options.Format is not (OutputFormat.Text or OutputFormat.Json)) throw new ProvisioningException("noReport",
                "A user's methods have a text and a JSON form, on standard output.", "Use --format text or --format json.");
        await using Workspace workspace = await WorkspaceOpening.OpenAsync(context, stop);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        DirectoryUser user = await tenant.Directory.FindAsync(key, stop) switch
        {
            DirectoryAnswer.Found { Users: [var one] } => one,
            DirectoryAnswer.Found { Users: [] } =>
                throw new ProvisioningException("userNotFound", $"The tenant knows no user '{userText}'.",
                    "Check the spelling; a user created a few minutes ago may not be visible yet.", FailureKind.UserNotHandled),
            DirectoryAnswer.Found found =>
                throw new ProvisioningException("ambiguousUser", $"'{userText}' names {found.Users.Length} users of the tenant.",
                    "Name the user by object id or user principal name.", FailureKind.UserNotHandled),
            DirectoryAnswer.Failed failed =>
                throw new ProvisioningException(failed.Error.Code, failed.Error.Message, failed.Error.Advice, FailureKind.UserNotHandled),
            _ => throw new InvalidOperationException("An answer is of an unknown kind."),
        };
        CurrentMethods current = (await tenant.Methods.ReadAsync([new UserRead(user.Uid)], stop))[0] switch
        {
            MethodsReading.Complete complete => complete.Methods with { Default = await tenant.Methods.ReadDefaultAsync(user.Uid, stop) },
            MethodsReading.NoUser none => throw new ProvisioningException(none.Error.Code, none.Error.Message, none.Error.Advice, FailureKind.UserNotHandled),
            MethodsReading.Failed failed =>
                throw new ProvisioningException(failed.Error.Code, failed.Error.Message, failed.Error.Advice, FailureKind.UserNotHandled),
            _ => throw new InvalidOperationException("A reading is of an unknown kind."),
        };
        if (context.Options.Reveal) await workspace.Audit.RevealsAsync($"methods of {user.Uid}", context.Options.Reason, stop);
        MethodsDocument document = MethodsDocument.Of(tenant.Identity, userText, user, current, workspace.Digests, context.Options.Reveal);
        if (context.Options.Format == OutputFormat.Json) await JsonReports.WriteAsync(document, context.Terminal.Output, stop);
        else await ReportOutput.TextAsync(context.Terminal.Output, writer => MethodsText.WriteAsync(document, writer));
        await context.Terminal.Output.FlushAsync(stop);
        return ExitCodes.Done;
    }
}
