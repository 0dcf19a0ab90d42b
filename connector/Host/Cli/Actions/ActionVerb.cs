using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Host.Cli.Actions;

/// <summary>What all verbs for one user share: plan, show, ask, execute, report. What is executed is what was shown, or nothing.</summary>
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
        await using ReadingTenant tenant = await opening.OpenAsync(await workspace.LearnedAsync(stop), stop);
        await using TenantPipeline pipeline = TenantPipeline.Of(workspace, tenant, opening, context.Signals);
        // A dry run has no use for the credential that writes, except where its token decides how it would be done.
        TokenFacts token = !arguments.DryRun || order.NeedsToken ? await pipeline.Writing.AuthenticateAsync(stop) : default;
        UserAction action = order.Make(workspace.Tenant, token);
        SecretEnvelope? envelope = action.HasSecret() ? new SecretEnvelope(arguments.DryRun ? null : order.Given?.Invoke(context)) : null;
        MethodPolicies policies = await PolicyReads.OfAsync(action, tenant, stop);
        UserChange change = new()
        {
            User = user, Origin = new PlanOrigin.Action(action.Name()), Desired = now => ActionDesires.Of(action, now, policies),
            HardwareOath = action.NeedsHardwareOath(), DefaultMethod = action.NeedsDefault(), Unprotected = unprotected, Envelope = envelope,
        };
        RunRequest request = context.Request(new RunWork.Change(change), tenant);
        if (!arguments.DryRun && await pipeline.SettleAsync(stop) is var settled and > 0)
        {
            context.Report($"note: {settled} earlier changes that were interrupted are settled now; see 'provision history USER'.");
        }

        ActionReport report = new(context, workspace);
        RunResult first = await DryAsync(pipeline.Runs, request, stop);
        if (first is not RunResult.Planned shown) return await report.EndedAsync(first, envelope);
        RunResult.Planned planned = Judged(shown, tenant.Forecast);
        bool nothing = planned.Plan.Plan.Operations.IsEmpty;
        if (arguments.DryRun || nothing || !planned.Head.Applyable) return await report.PlannedAsync(planned);

        RunRequest asShown = request with { Work = new RunWork.Change(AsShown(change, planned, workspace.Digests)) };
        await using PreparedRun run = await pipeline.Runs.PrepareAsync(asShown, stop);
        RunResult result = await pipeline.Runs.ExecuteAsync(run, new PlanConsent(context, workspace, arguments.Yes)
        {
            Advice = "Look at the plan (the same command with --dry-run), then run it with --yes.",
        }, context.Cancellation);
        int exit = await report.EndedAsync(result, envelope);
        await workspace.KeepLearnedAsync(tenant.Learned, context.Cancellation);
        return exit;
    }

    private static async Task<RunResult> DryAsync(RunPipeline pipeline, RunRequest request, CancellationToken stop)
    {
        await using PreparedRun run = await pipeline.PrepareAsync(request with { DryRun = true }, stop);
        return run.Settled ?? throw new InvalidOperationException("A dry run that is not settled.");
    }

    /// <summary>What is executed is what was shown, or nothing.</summary>
    private static UserChange AsShown(UserChange change, RunResult.Planned planned, KeyedDigests digests)
    {
        string shown = digests.Fingerprint(planned.Plan.Current
            ?? throw new InvalidOperationException("A plan without the state that it was made from."));
        return change with
        {
            Condition = now => string.Equals(shown, digests.Fingerprint(now), StringComparison.Ordinal) ? null : UnmetCondition.Moved,
            Forecast = planned.Head.Forecast,
        };
    }

    /// <summary>The plan with its forecast, and with the limit over time that forbids to execute it.</summary>
    private static RunResult.Planned Judged(RunResult.Planned planned, Func<long, long, Forecast> forecast)
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
