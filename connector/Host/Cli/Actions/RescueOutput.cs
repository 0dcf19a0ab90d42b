using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Actions;

/// <summary>What <c>migrate rescue</c> writes. The pass goes to standard output, once, and into no file.</summary>
internal sealed class RescueOutput(ActionReport report, Consents consents, ResultLines results, Messages messages)
{
    private int _exit;

    /// <summary>Finds reports that cannot be written before anything is done.</summary>
    public void Check() => report.Check();

    /// <summary>Asks before anything is sent.</summary>
    public IConsent Consent(Workspace workspace, bool yes) => consents.ToPlan(workspace, yes);

    /// <summary>Shows what was issued; returns when all of it was written.</summary>
    public async Task ShowAsync(Workspace workspace, RunResult.Changed changed, SecretEnvelope envelope) =>
        _exit = await report.EndedAsync(workspace, changed, envelope);

    /// <summary>How it ended, as an exit code.</summary>
    /// <exception cref="Engine.Model.ProvisioningException">Nothing was issued.</exception>
    public async Task<int> EndAsync(Workspace workspace, RescueResult result)
    {
        switch (result)
        {
            case RescueResult.HandedOver:
                return _exit;
            case RescueResult.NotHandedOver { TakenBack: var back }:
                await messages.ReportErrorAsync(Describe(back));
                return ExitCodes.SomeUsersNot;
            case RescueResult.NotIssued { Run: var run, TakenBack: var maybe }:
                if (maybe is not null) await messages.ReportErrorAsync(Describe(maybe));
                // The envelope stays closed: what may have been made is taken back, so its value must not get out.
                int exit = await report.EndedAsync(workspace, run, envelope: null);
                return exit == ExitCodes.Done ? ExitCodes.SomeUsersNot : exit;
            default:
                throw new System.Diagnostics.UnreachableException(result.GetType().Name);
        }
    }

    public Task ApprovedAsync(RescueApproval approval, string user) => results.WriteAsync(
        new { kind = "rescueApproval", formatVersion = "1.0", user, ticket = approval.Ticket, approver = approval.Approver, until = approval.Until },
        [string.Create(CultureInfo.InvariantCulture,
            $"A pass for {Visible.Escape(user)} (ticket {approval.Ticket}) is approved by {approval.Approver} until {approval.Until:u}, once.")]);

    public Task ResumedAsync(ImmutableArray<TakenBack> all) => results.WriteAsync(Document(all),
        all.IsEmpty ? ["Every pass that was issued is proved to be handed over, or is gone."] : all.Select(Describe));

    /// <summary>What became of a pass, for people.</summary>
    public static string Describe(TakenBack back)
    {
        // After a crash the name is as just read; where no one was looked up there is only the id.
        string? read = (back.Run as RunResult.Changed)?.Record.Plan.User?.PrincipalName;
        string whose = $"The pass of {Visible.Escape(back.HandOver.User ?? read ?? back.HandOver.Uid)} (ticket {back.HandOver.Ticket})";
        return back.How switch
        {
            TakenBackHow.Deleted => $"{whose} was deleted: it was not proved to be handed over.",
            TakenBackHow.NothingLeft => $"{whose}: none is left.",
            TakenBackHow.TooEarly => string.Create(CultureInfo.InvariantCulture,
                $"{whose}: none is there, and a request may still arrive. Run 'provision migrate rescue --resume' again after ")
                + string.Create(CultureInfo.InvariantCulture, $"{back.HandOver.BegunAt + HandOver.MayLand:u}."),
            TakenBackHow.Failed => $"{whose} may still be there: it could not be deleted. Run 'provision migrate rescue --resume' again, or delete it in the "
                + "Entra admin center.",
        };
    }

    /// <summary>The same as it is spelled in documents and evidence.</summary>
    public static string Name(TakenBackHow how) => how switch
    {
        TakenBackHow.Deleted => "deleted",
        TakenBackHow.NothingLeft => "nothingLeft",
        TakenBackHow.TooEarly => "tooEarly",
        TakenBackHow.Failed => "failed",
    };

    private static object Document(ImmutableArray<TakenBack> all) => new
    {
        kind = "passesTakenBack", formatVersion = "1.0",
        passes = all.Select(static one => new { uid = one.HandOver.Uid, ticket = one.HandOver.Ticket, outcome = Name(one.How) }),
    };
}
