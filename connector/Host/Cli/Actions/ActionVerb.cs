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
internal sealed class ActionVerb(
    CommonOptions options, WorkspaceOpening workspaces, CommandPipelines pipelines, RunRequests requests, Consents consents, ActionReport report,
    GivenPassword passwords)
{
    public async Task<int> RunAsync(ActionArguments arguments, ActionOrder order, CancellationToken stop)
    {
        UserKey user = UserArgument.Key(arguments.User);
        CheckAllowed();
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        report.Check();
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        await using TenantPipeline pipeline = pipelines.Open(workspace, tenant);
        // A dry run has no use for the credential that writes, except where its token decides how it would be done.
        TokenFacts token = !arguments.DryRun || order.NeedsToken ? await pipeline.Writing.AuthenticateAsync(stop) : default;
        UserAction action = order.Make(workspace.Tenant, token);
        SecretEnvelope? envelope = action.HasSecret() ? new SecretEnvelope(arguments.DryRun ? null : order.Given?.Invoke(passwords)) : null;
        MethodPolicies policies = await PolicyReads.OfAsync(action, tenant, stop);
        UserChange change = new()
        {
            User = user, Origin = new PlanOrigin.Action(action.Name()), Desired = now => ActionDesires.For(action, now, policies),
            Also = action.Also(), DefaultMethod = action.NeedsDefault(), Envelope = envelope,
        };
        RunRequest request = requests.For(new RunWork.Change(change), tenant);
        if (!arguments.DryRun) await pipelines.SettleAsync(pipeline, stop);
        RunResult first = await DryAsync(pipeline.Runs, request, stop);
        if (first is not RunResult.Planned shown) return await report.EndedAsync(workspace, first, envelope);
        RunResult.Planned planned = Judged(shown, tenant.Forecast);
        bool nothing = planned.Plan.Plan.Operations.IsEmpty;
        if (arguments.DryRun || nothing || !planned.Head.Applyable) return await report.PlannedAsync(workspace, planned);

        RunRequest asShown = request with { Work = new RunWork.Change(AsShown(change, planned, workspace.Digests)) };
        await using PreparedRun run = await pipeline.Runs.PrepareAsync(asShown, stop);
        RunResult result = await pipeline.Runs.ExecuteAsync(run, consents.ToPlan(workspace, arguments.Yes), pipeline.Ports.Signals.Gone);
        int exit = await report.EndedAsync(workspace, result, envelope);
        await workspace.KeepLearnedAsync(tenant.Learned, pipeline.Ports.Signals.Gone);
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
        PlanHeader head = planned.Head with { Forecast = forecast(planned.Head.Summary.Changed * 2, planned.Head.Summary.Operations.Total) };
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

    /// <exception cref="ProvisioningException">An allowance that is not about the user.</exception>
    private void CheckAllowed()
    {
        if (AllowOptions.Read(options.Allow).IsOfUsers) return;
        throw new ProvisioningException("badAllowance",
            "For one user only --allow protected=USER and identityChanged=USER are possible: limits are opened for a time, not for a change.",
            "An approver opens a limit with: provision approve --tenant NAME --allow KEY=NUMBER --for HH:MM:SS --reason TEXT.");
    }
}
