using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Credentials;

namespace ProvisioningConnector.Host.Cli.Actions;

/// <summary>What all verbs for one user share: plan, show, ask, execute, tell. What is executed is what was shown, or nothing.</summary>
internal static class ActionVerb
{
    public static async Task<int> RunAsync(VerbContext context, ActionArguments arguments, ActionOrder order)
    {
        CancellationToken stop = context.Stop;
        UserKey user = UserArgument.Key(arguments.User);
        ImmutableHashSet<string> unprotected = Unprotected(context.Options);
        await using Workspace workspace = await WorkspaceOpening.OpenAsync(context, stop);
        TenantOpening opening = workspace.Opening();
        ReportOutput.Check(context.Options);
        workspace.Audit.CheckSecond();
        if (!unprotected.IsEmpty && !workspace.Tenant.IsLoopback && string.IsNullOrWhiteSpace(context.Options.Reason))
        {
            throw new ProvisioningException("reasonNeeded", "--allow on a real tenant needs a reason.", "Say why with --reason TEXT; it is recorded.");
        }

        await using ReadingTenant tenant = await opening.OpenAsync(await workspace.LearnedAsync(stop), stop);
        if (!arguments.DryRun) await KnownTenant.CheckAsync(workspace.Store, tenant.Identity, opening.IsLoopback, context.Options.NewStore, stop);
        if (await workspace.Quarantines.FindAsync(tenant.Identity.Id, stop) is { } quarantine) context.Tell($"note: {quarantine.Note().Message}");

        await using ChangeDesk desk = ChangeDesk.Open(workspace, _ => workspace.Audit, tenant,
            opening, context.Options.Reason, static _ => { }, new EndSignals(stop, context.Cut));
        // A dry run has no use for the credential that writes, except where its token decides how it would be done.
        TokenFacts token = !arguments.DryRun || order.NeedsToken ? await desk.Writing.AuthenticateAsync(stop) : default;
        UserAction action = order.Make(workspace.Tenant, token);
        SecretEnvelope? envelope = action.HasSecret() ? new SecretEnvelope(arguments.DryRun ? null : order.Given?.Invoke(context)) : null;
        MethodPolicies policies = await PolicyReads.OfAsync(action, tenant, stop);
        ChangeRequest request = new()
        {
            User = user, Actor = context.Actor, Origin = new PlanOrigin.Action(action.Name()), Wish = now => ActionWish.Of(action, now, policies),
            HardwareOath = action.NeedsHardwareOath(), DefaultMethod = action.NeedsDefault(), Unprotected = unprotected, Envelope = envelope,
        };
        if (!arguments.DryRun && await desk.SettleAsync(stop) is var settled and > 0)
        {
            context.Tell($"note: {settled} earlier changes that were interrupted are settled now; see 'provision history USER'.");
        }

        ActionReport report = new(context, workspace);
        if (await desk.Flow.ChangeAsync(request with { DryRun = true }, stop) is var first
            && first is not ChangeResult.Planned) return await report.EndedAsync(first, envelope);
        ChangeResult.Planned planned = Judged((ChangeResult.Planned)first, tenant.Forecast);
        bool nothing = planned.Plan.Plan.Operations.IsEmpty;
        if (arguments.DryRun || nothing || !planned.Head.Applyable) return await report.PlannedAsync(planned);

        if (!arguments.Yes || context.Options is { Format: OutputFormat.Text, Quiet: false }) await report.ShowAsync(planned);
        Confirmation.Ask(context.Terminal, planned.Head, arguments.Yes, "Look at the plan (the same command with --dry-run), then run it with --yes.");
        if (!unprotected.IsEmpty) await workspace.Audit.OverriddenAsync(planned.Head, context.Options.Allow, context.Options.Reason, stop);
        CurrentMethods shown = planned.Plan.Current ?? throw new InvalidOperationException("A plan without the state that it was made from.");
        string asShown = workspace.Digests.Fingerprint(shown);
        ChangeResult result = await desk.Flow.ChangeAsync(request with
        {
            Condition = now => string.Equals(asShown, workspace.Digests.Fingerprint(now), StringComparison.Ordinal) ? null : UnmetCondition.Moved,
            Forecast = planned.Head.Forecast,
        }, context.Cancellation);
        int exit = await report.EndedAsync(result, envelope);
        await workspace.KeepLearnedAsync(tenant.Learned, context.Cancellation);
        return exit;
    }

    /// <summary>The plan with its forecast, and with the limit over time that forbids to execute it.</summary>
    private static ChangeResult.Planned Judged(ChangeResult.Planned planned, Func<long, long, Forecast> forecast)
    {
        PlanHead head = planned.Head with { Forecast = forecast(planned.Head.Summary.Changed * 2, planned.Head.Summary.Operations.Total) };
        if (planned.Refusal is { } refusal)
        {
            head = head with
            {
                Guardrails = head.Guardrails.Add(new GuardrailVerdict(refusal.Budget.Measure.Guardrail(),
                    Verdict.Blocked, refusal.Budget.Most, refusal.Used + refusal.Asked, null, refusal.Message)),
            };
        }

        return planned with { Head = head };
    }

    private static ImmutableHashSet<string> Unprotected(CommonOptions options)
    {
        Allowances allowances = AllowOptions.Read(options.Allow);
        if (allowances with { ProtectedUsers = Allowances.None.ProtectedUsers } == Allowances.None) return allowances.ProtectedUsers;
        throw new ProvisioningException("badAllowance", "For one user only --allow protected=USER is possible: limits are opened for a time, not for a change.",
            "An approver opens a limit with: provision approve --tenant NAME --allow KEY=NUMBER --for HH:MM:SS --reason TEXT.");
    }
}
