using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Fills in what proposed commands repeat: from the command line, the workspace, and what a verb read and wrote.</summary>
internal static class CommandContexts
{
    private const string MigrateVerb = "migrate";

    private static readonly string[] OfSource = ["--input", "--sheet", "--ignore-columns", "--delta"];

    /// <param name="typed">The command.</param>
    /// <param name="options">The options that all verbs have.</param>
    /// <param name="source">The list that was typed; null: none.</param>
    public static CommandContext From(TypedCommand typed, CommonOptions options, string? source)
    {
        CommandContext context = new()
        {
            ConfigFile = options.ConfigFile is { Length: > 0 } config ? Path.GetFullPath(config) : null,
            TenantOption = options.Tenant,
            Source = source is null ? null : new TypedSource(TypedCommand.FullPath(source),
                [.. typed.Options.Where(static option => OfSource.Contains(option.Name)).SelectMany(static option => option.Words)]),
            Allow = options.Allow,
            Reason = options.Reason,
            Incremental = options.Incremental,
        };
        if (typed.Verb is [MigrateVerb, ..]) context = context with { Step = [.. typed.Work(["--out", "--allow", "--reason"])] };
        // A number stands in no output unless --reveal asks for it, and what is typed on the command line is output when it is repeated.
        return !typed.HasDryRun || (typed.HoldsNumber && !options.Reveal)
            ? context : context with { Change = context.Verb(null, [.. typed.Work([TypedCommand.DryRun, "--yes"])]) };
    }

    /// <summary>The same with what the configuration says.</summary>
    public static CommandContext In(this CommandContext context, Workspace workspace) =>
        context with { Tenant = workspace.Tenant.Name, UndoMaxAge = workspace.Tenant.UndoMaxAge };

    /// <summary>The same for a run of a plan of this origin: steps of <c>migrate</c> can be undone for longer.</summary>
    public static CommandContext In(this CommandContext context, Workspace workspace, PlanOrigin origin) =>
        context.In(workspace) with { UndoMaxAge = MigrationParts.UndoMaxAge(workspace.Tenant, origin) };

    /// <summary>For a plan that was saved, or found in a file.</summary>
    /// <param name="context">What was typed.</param>
    /// <param name="file">The file; null: the plan was not saved.</param>
    public static CommandContext WithPlan(this CommandContext context, string? file) =>
        file is null ? context : context with { PlanFile = Path.GetFullPath(file) };

    /// <summary>Whether the plan needs an approval, by the tenant's rule.</summary>
    /// <param name="context">What was typed.</param>
    /// <param name="workspace">Configuration and store.</param>
    /// <param name="origin">What the plan was made from.</param>
    /// <param name="summary">The plan's figures.</param>
    /// <param name="given">Approvals that the plan has.</param>
    public static CommandContext Judged(
        this CommandContext context, Workspace workspace, PlanOrigin origin, Summary summary, ImmutableArray<Approval>? given = null)
    {
        DateTimeOffset now = workspace.Time.GetUtcNow();
        bool approved = given is { } all && all.Any(approval => approval.ExpiresAt > now);
        return context with
        {
            Approval = !ApprovalJudge.Needs(ApprovalJudge.InForce(workspace.Tenant.RequireApproval, origin), summary) ? ApprovalState.NotNeeded
                : approved ? ApprovalState.Given : ApprovalState.Missing,
        };
    }

    /// <summary>
    /// For a document that was made by another command: of its source only a name is known. A name of the configuration can be planned again; which
    /// file a name of a file meant, and how it was read, cannot be known, so nothing is proposed for it.
    /// </summary>
    public static CommandContext WithSourceOf(this CommandContext context, Workspace workspace, PlanOrigin origin, string name) => context with
    {
        Source = origin is PlanOrigin.Source && workspace.Settings.Sources.ContainsKey(name) ? new TypedSource(name, []) : null,
    };
}
