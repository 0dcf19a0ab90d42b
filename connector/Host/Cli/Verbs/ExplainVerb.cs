using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Stores.Spool;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>explain USER --source SOURCE</c>: one user, step by step: row, user, current, wanted, plan. Writes nothing.</summary>
internal sealed class ExplainVerb(
    CommonOptions options, Invocation invocation, Terminal terminal, WorkspaceOpening workspaces, CommandSources sources, ProgressDisplay progress,
    ReportOutput reports)
{
    public async Task<int> RunAsync(string userText, SourceArguments arguments, CancellationToken stop)
    {
        UserKey key = UserArgument.Key(userText);
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        DirectoryUser user = await FindAsync(tenant, key, userText, stop);

        PlanSettings settings = new()
        {
            Policy = workspace.Tenant.Policy, Limits = workspace.Tenant.Guardrails, Allowances = AllowOptions.Read(options.Allow),
            Protected = workspace.Tenant.Protected, Retiring = workspace.Tenant.Retiring, Forecast = tenant.Forecast, Now = workspace.Time.GetUtcNow(),
            Numbers = new CheckedPlanner(workspace.Numbers, isOfAll: true),
        };
        await using OpenedSource source = await sources.OpenAsync(arguments, workspace, stop);
        await using SqlitePlanSpool spool = SqlitePlanSpool.Create();
        PlanBuilder maker = new(tenant.Directory, tenant.Methods, spool, settings, progress.Open(tenant.Pacing), drift: workspace.Drift(tenant));
        ImmutableArray<PlannedUser> plans = await maker.ExplainAsync(tenant.Identity.Id, user, source.Rows.RowsAsync(stop), stop);

        DateTimeOffset now = workspace.Time.GetUtcNow();
        Summary summary = plans.Aggregate(new Summary(), (s, p) => s.Plus(p.Plan.Situation) with
        {
            Operations = p.Plan.Operations.Aggregate(s.Operations, (c, o) => c.Plus(o.Action)),
            HeldNotStanding = s.HeldNotStanding + (p.Plan.Held.Any(h => !h.Standing) ? 1 : 0),
            Drifted = s.Drifted + (p.Plan.Held.Any(h => h.Code == HoldCodes.Drift) ? 1 : 0),
        });
        PlanHeader head = new()
        {
            PlanId = Identity.NewId('p', now), CreatedAt = now, ToolVersion = Identity.ToolVersion, Actor = invocation.Actor, Tenant = tenant.Identity,
            Origin = source.Origin, Source = new SourceIdentity(source.Rows.Name, source.Rows.Sha256, spool.RowCount, source.Rows.Delta),
            Policy = settings.Policy, Limits = settings.Limits,
            Allowances = settings.Allowances, Summary = summary,
        };
        if (options.Format == OutputFormat.Text)
        {
            if (options.Reveal) await workspace.Audit.RevealsAsync($"explain {user.Uid}", options.Reason, stop);
            await using StreamWriter output = new(terminal.Output, leaveOpen: true);
            Explanation.Write(output, head, user, plans, workspace.Digests, options.Reveal);
        }
        else
        {
            if (!await reports.WriteAsync(workspace, Report.From(head, _ => plans.ToAsyncEnumerable(), workspace.Digests),
                stop)) return ExitCodes.Error;
        }

        return ExitCodes.From(head, options.DetailedExitCode);
    }

    private static async Task<DirectoryUser> FindAsync(ReadingTenant tenant, UserKey key, string text, CancellationToken cancellation) =>
        await tenant.Directory.FindAsync(key, cancellation) switch
        {
            DirectoryAnswer.Found { Users: [var one] } => one,
            DirectoryAnswer.Found { Users: [] } =>
                throw new ProvisioningException("userNotFound", $"The tenant has no user '{text}'.",
                    "Check the spelling; a user created a few minutes ago may not be visible yet."),
            DirectoryAnswer.Found several =>
                throw new ProvisioningException("ambiguousUser", $"'{text}' names {several.Users.Length} users.",
                    "Use the object id or the user principal name."),
            DirectoryAnswer.Failed failed => throw new ProvisioningException(failed.Error.Code, failed.Error.Message, failed.Error.Advice),
            var other => throw new InvalidOperationException($"An answer is of an unknown kind: {other.GetType().Name}."),
        };
}
