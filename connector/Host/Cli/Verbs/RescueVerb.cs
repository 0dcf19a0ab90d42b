using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Migration;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Host.Cli.Actions;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>What <c>migrate rescue</c> was asked for.</summary>
/// <param name="User">As typed.</param>
/// <param name="Proof">How identity was proved.</param>
/// <param name="Ticket">Of the helpdesk.</param>
/// <param name="Terms">Minutes, and whether a pass of someone else may be replaced.</param>
/// <param name="Yes">Do not ask: what was written out counts as handed over.</param>
internal sealed record RescueArguments(string User, string Proof, string Ticket, RescueTerms Terms, bool Yes);

/// <summary>
/// <c>migrate rescue</c>: a temporary access pass for one person at the helpdesk. What is not proved to be handed over is deleted, at once or by
/// <c>--resume</c> (docs/retirement.md#rescue).
/// </summary>
internal sealed class RescueVerb(
    CommonOptions options, Terminal terminal, Messages messages, WorkspaceOpening workspaces, CommandPipelines pipelines, RunRequests requests,
    RescueOutput output)
{
    private static readonly PlanOrigin Origin = new PlanOrigin.Action(PassRescue.Name);

    /// <summary>How long the agreement of a second person counts.</summary>
    private static readonly TimeSpan ApprovedFor = TimeSpan.FromHours(1);

    public async Task<int> RunAsync(RescueArguments arguments, CancellationToken stop)
    {
        UserKey key = UserArgument.Key(arguments.User);
        CheckTicket(arguments.Ticket);
        output.Check();
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        await using TenantPipeline pipeline = pipelines.Open(workspace, tenant);
        await pipeline.AuthenticateAsync(Origin, stop);
        await pipelines.SettleAsync(pipeline, stop);
        PassRescue rescue = new(pipeline.Runs, workspace.HandOvers, tenant.Identity.Id, workspace.Time);
        await TakeBackAsync(rescue, workspace, tenant, stop);

        RescueReading reading = new(tenant);
        DirectoryUser person = await reading.FindAsync(key, stop);
        RescueFacts facts = await reading.ReadAsync(person.Uid, stop);
        ImmutableArray<HandOver> known = [.. (await workspace.HandOvers.AllAsync(tenant.Identity.Id, stop)).Where(one => Same(one.Uid, person.Uid))];
        if (known.Any(static one => !one.IsProved)) throw new ProvisioningException("handOverOpen",
            "An earlier pass of this person is not proved to be handed over, and may still arrive.", "Try again in a few minutes.", FailureKind.Busy);
        RescueApproval? approval = facts.Privileged == false ? null : await ApprovalAsync(workspace, tenant, person.Uid, arguments.Ticket, stop);
        if (RescueRules.Refusal(facts, arguments.Terms, known, approval is not null) is { } refusal)
            throw new ProvisioningException(refusal.Code, refusal.Message, "Nothing was written.", FailureKind.Blocked);

        HandOver handOver = new()
        {
            Id = Identity.NewId('h', workspace.Time.GetUtcNow()), Uid = person.Uid, User = arguments.User, BegunAt = workspace.Time.GetUtcNow(),
            Minutes = RescueRules.Minutes(arguments.Terms, facts), Proof = arguments.Proof, Ticket = arguments.Ticket, Before = facts.Passes,
        };
        if (approval is not null) await workspace.HandOvers.SpendAsync(tenant.Identity.Id, approval, stop);
        RunRequest how = How(tenant, handOver, approval);
        RescueResult result = await rescue.IssueAsync(handOver, how, output.Consent(workspace, arguments.Yes),
            (changed, envelope) => HandAsync(workspace, changed, envelope, arguments.Yes), pipeline.Ports.Signals.Gone);
        await RecordAsync(workspace, handOver, result, pipeline.Ports.Signals.Gone);
        await workspace.KeepLearnedAsync(tenant.Learned, pipeline.Ports.Signals.Gone);
        return await output.EndAsync(workspace, result);
    }

    /// <summary>A second person agrees that someone with a directory role gets a pass.</summary>
    public async Task<int> ApproveAsync(string userText, string ticket, CancellationToken stop)
    {
        UserKey key = UserArgument.Key(userText);
        CheckTicket(ticket);
        string reason = OpeningArguments.Reason(options.Reason);
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        string approver = workspace.Audit.Actor;
        if (workspace.Settings.Approvers.NotBy(approver) is { } stranger)
            throw new ProvisioningException("notApprover", stranger, "Ask someone else to agree.", FailureKind.Blocked);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        DirectoryUser person = await new RescueReading(tenant).FindAsync(key, stop);
        DateTimeOffset now = workspace.Time.GetUtcNow();
        RescueApproval approval = new(person.Uid, ticket, approver, now + ApprovedFor);
        await workspace.Audit.RescueApprovedAsync(approval, reason, stop);
        await workspace.HandOvers.ApproveAsync(tenant.Identity.Id, approval, now, stop);
        await output.ApprovedAsync(approval, person.PrincipalName ?? person.Uid);
        return ExitCodes.Done;
    }

    /// <summary>Deletes every pass of which it is not proved that someone has it.</summary>
    public async Task<int> ResumeAsync(CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        await using TenantPipeline pipeline = pipelines.Open(workspace, tenant);
        await pipeline.AuthenticateAsync(Origin, stop);
        await pipelines.SettleAsync(pipeline, stop);
        PassRescue rescue = new(pipeline.Runs, workspace.HandOvers, tenant.Identity.Id, workspace.Time);
        ImmutableArray<TakenBack> all = await TakeBackAsync(rescue, workspace, tenant, stop);
        await output.ResumedAsync(all);
        return all.All(static one => one.How is TakenBackHow.Deleted or TakenBackHow.NothingLeft) ? ExitCodes.Done : ExitCodes.SomeUsersNot;
    }

    private async Task<ImmutableArray<TakenBack>> TakeBackAsync(PassRescue rescue, Workspace workspace, ReadingTenant tenant, CancellationToken stop)
    {
        ImmutableArray<TakenBack> all = await rescue.ResumeAsync(How(tenant, null, null), stop);
        foreach (TakenBack one in all)
        {
            await workspace.Audit.HandedOverAsync(one.HandOver, RescueOutput.Name(one.How), RunId(one.Run), options.Reason, stop);
            messages.Report("note: " + RescueOutput.Describe(one));
        }

        return all;
    }

    private RunRequest How(ReadingTenant tenant, HandOver? handOver, RescueApproval? approval)
    {
        // The work is put in by the rescue.
        RunRequest how = requests.For(new RunWork.Change(Nothing()), tenant);
        if (handOver is null) return how;
        how = how with { Reason = $"rescue: proof {handOver.Proof}, ticket {handOver.Ticket}{(options.Reason is { } why ? $": {why}" : "")}" };
        if (approval is null) return how;
        string allowed = $"protected={handOver.Uid}";
        return how with { Allow = [.. how.Allow, allowed], Allowances = AllowOptions.Read([.. how.Allow, allowed]) };
    }

    private async ValueTask<bool> HandAsync(Workspace workspace, RunResult.Changed changed, SecretEnvelope envelope, bool yes)
    {
        try
        {
            await output.ShowAsync(workspace, changed, envelope);
        }
        catch (IOException broken)
        {
            // No one can be proved to have read it.
            await messages.ReportErrorAsync($"The pass could not be written out: {broken.Message}");
            return false;
        }

        if (yes || !terminal.InputIsTerminal) return true;
        string? answer = terminal.Ask($"Does the person have the pass? Type yes; anything else deletes it.{Environment.NewLine}> ");
        return string.Equals(answer?.Trim(), "yes", StringComparison.OrdinalIgnoreCase);
    }

    private async Task RecordAsync(Workspace workspace, HandOver handOver, RescueResult result, CancellationToken cancellation)
    {
        (string Outcome, RunResult? Run)? end = result switch
        {
            RescueResult.HandedOver handed => ("handedOver", handed.Run),
            RescueResult.NotHandedOver not => (RescueOutput.Name(not.TakenBack.How), not.TakenBack.Run),
            RescueResult.NotIssued { TakenBack: { } back } => (RescueOutput.Name(back.How), back.Run),
            _ => null,
        };
        if (end is not { } known) return;
        string? runId = known.Run is { } run ? RunId(run) : null;
        await workspace.Audit.HandedOverAsync(handOver, known.Outcome, runId, options.Reason, cancellation);
    }

    private static async Task<RescueApproval?> ApprovalAsync(
        Workspace workspace, ReadingTenant tenant, string uid, string ticket, CancellationToken stop)
    {
        Approvers approvers = workspace.Settings.Approvers;
        DateTimeOffset now = workspace.Time.GetUtcNow();
        return (await workspace.HandOvers.ApprovalsAsync(tenant.Identity.Id, stop)).FirstOrDefault(one => Same(one.Uid, uid)
            && one.Ticket == ticket && one.Until > now && approvers.NotBy(one.Approver) is null && !approvers.AreSame(one.Approver, workspace.Audit.Actor));
    }

    private static UserChange Nothing() => new()
    {
        User = new UserKey(UserKeyKind.Name, "none"), Origin = new PlanOrigin.Action(PassRescue.Name), Desired = static _ => new DesiredChange.Valid(new()),
    };

    private static string? RunId(RunResult result) => (result as RunResult.Finished)?.Run.RunId;

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="ProvisioningException">It is empty or long.</exception>
    private static void CheckTicket(string ticket)
    {
        if (string.IsNullOrWhiteSpace(ticket) || ticket.Length > 100 || ticket.Any(char.IsControl)) throw new ProvisioningException("usage",
            "--ticket is missing, or longer than 100 characters.", "Give the number of the helpdesk's ticket.");
    }
}
