using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Migration.Steps;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>Who is to be invited, and where the plan goes.</summary>
/// <param name="Selection">Bands, department, group and limit.</param>
/// <param name="UsersFile">A file with one user a line; null: none.</param>
/// <param name="Source">A list whose people are invited; null: none.</param>
/// <param name="SaveTo">Where the plan is saved; null: nowhere.</param>
internal sealed record InviteArguments(InviteSelection Selection, string? UsersFile, SourceArguments? Source, string? SaveTo);

/// <summary>
/// <c>migrate invite</c>: checks the group, chooses people and plans to put them into it. Like <c>plan</c> it writes nothing to the tenant; what it saves is
/// approved by a second person, and applied with <c>apply</c>.
/// </summary>
internal sealed class InviteVerb(
    WorkspaceOpening workspaces, CommandSources sources, RunRequests requests, CommandPlanner planner, ReportOutput reports, PlanOutput output)
{
    public async Task<int> RunAsync(InviteArguments arguments, CancellationToken stop)
    {
        string? from = MigrateVerb.Group(arguments.Selection.Group);
        ImmutableArray<UserKey>? users = await MigrateVerb.UsersAsync(arguments.UsersFile, stop);
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        reports.Check();
        string group = ProofVerb.Group(workspace);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        if (await MigrationParts.InviteGroup(workspace, tenant).ProblemAsync(stop) is { } problem) throw new ProvisioningException("inviteGroupUnfit",
            problem, "Use a group that confers nothing else: a new assigned security group of the cloud.", FailureKind.Blocked);
        if (arguments.Source is { } list) users = await PeopleAsync(list, workspace, stop);
        (await tenant.Readiness.ReadPolicyAsync(stop)).TryGet(out TenantPolicy? policy, out _);
        InviteSelection selection = arguments.Selection with { Group = from, Users = users };
        InviteRows people = new(MigrationParts.Source(tenant), workspace.Tenant.Readiness, group, selection, workspace.Time)
        {
            Notes = [InviteCampaign.Note(policy, group)],
        };
        RunWork.Rows rows = new(_ => new ValueTask<IRowSource>(people));
        await using PreparedRun plan = await planner.PlanAsync(requests.For(rows, tenant) with { Incremental = false }, workspace, tenant);
        return await output.FinishAsync(workspace, tenant, plan, arguments.SaveTo, stop);
    }

    /// <summary>The people of a list; what it wants of them does not matter here. Rows without a user are left out.</summary>
    private async Task<ImmutableArray<UserKey>> PeopleAsync(SourceArguments arguments, Workspace workspace, CancellationToken stop)
    {
        await using OpenedSource source = await sources.OpenAsync(arguments, workspace, stop);
        ImmutableArray<UserKey>.Builder people = ImmutableArray.CreateBuilder<UserKey>();
        await foreach (SourceRow row in source.Rows.RowsAsync(stop))
        {
            if (row.Key is { } key) people.Add(key);
        }

        return people.ToImmutable();
    }
}
