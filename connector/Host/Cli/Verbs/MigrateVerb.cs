using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Migration.Steps;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Readiness.Survey;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>For whom a step of <c>migrate</c> is planned, and where the plan goes.</summary>
/// <param name="Group">Object id of a group; null: none.</param>
/// <param name="UsersFile">A file with one user a line; null: none.</param>
/// <param name="Source">An authoritative list to compare with; null: none.</param>
/// <param name="SaveTo">Where the plan is saved; null: nowhere.</param>
internal sealed record MigrateArguments(string? Group, string? UsersFile, SourceArguments? Source, string? SaveTo);

/// <summary><c>migrate default</c> and <c>migrate cleanup</c>: plans of a survey. Like <c>plan</c> they write nothing to the tenant; what they save is
/// applied with <c>apply</c>.</summary>
internal sealed class MigrateVerb(
    WorkspaceOpening workspaces, CommandSources sources, RunRequests requests, CommandPlanner planner, ReportOutput reports, PlanOutput output,
    Messages messages)
{
    public async Task<int> RunAsync(string step, MigrateArguments arguments, CancellationToken stop)
    {
        StepSelection selection = new(Group(arguments.Group), await UsersAsync(arguments.UsersFile, stop));
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        reports.Check();
        int forgotten = await workspace.ForgetEndedStepsAsync(stop);
        if (forgotten > 0) messages.Report($"note: {forgotten} earlier steps can no longer be undone; their numbers are deleted from the store.");
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        SourcePhones? phones = arguments.Source is null ? null : await PhonesAsync(arguments.Source, workspace, stop);
        PlanOrigin.Migration origin = new(step);
        RunWork.Rows rows = new(_ => new ValueTask<IRowSource>(new StepRows(
            origin, MigrationParts.Source(tenant), workspace.Tenant.Readiness, MigrationParts.People(workspace, tenant), workspace.Time)
        {
            Selection = selection, Phones = phones,
        }));
        await using PreparedRun plan = await planner.PlanAsync(requests.For(rows, tenant) with { Incremental = false }, workspace, tenant);
        return await output.FinishAsync(workspace, tenant, plan, arguments.SaveTo, stop);
    }

    private async Task<SourcePhones> PhonesAsync(SourceArguments arguments, Workspace workspace, CancellationToken stop)
    {
        await using OpenedSource source = await sources.OpenAsync(arguments, workspace, stop);
        return await SourcePhones.ReadAsync(source.Rows.RowsAsync(stop), stop);
    }

    internal static string? Group(string? group) => group is null || Guid.TryParse(group, out _)
        ? group
        : throw new ProvisioningException("usage", "--group is not the object id of a group.", "Copy the object id from the Entra admin center.");

    internal static async Task<ImmutableArray<UserKey>?> UsersAsync(string? file, CancellationToken stop)
    {
        if (file is null) return null;
        ImmutableArray<UserKey>.Builder users = ImmutableArray.CreateBuilder<UserKey>();
        try
        {
            await foreach (string line in File.ReadLinesAsync(file, stop))
            {
                if (line.Trim().Length > 0) users.Add(UserArgument.Key(line));
            }
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new ProvisioningException("fileUnreadable", $"The file '{file}' of --users cannot be read.", "Check the path and its permissions.");
        }

        return users.ToImmutable();
    }
}
