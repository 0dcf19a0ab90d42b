using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>The document <c>plan</c> without its users (docs/documents.md#plan).</summary>
public sealed record PlanDocument : ReportHeader
{
    public const string KindName = "plan";

    [JsonPropertyOrder(-20)]
    public override string Kind { get; init; } = KindName;

    /// <summary>Addition: seals of second persons, each sealed on its own; the plan's seal does not cover them. Null when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<Approval>? Approvals { get; init; }
}

/// <summary>Heads of documents from heads of plans and runs, and back.</summary>
public static class PlanDocuments
{
    /// <summary>The document of a plan, full values, without a seal.</summary>
    public static PlanDocument From(PlanHeader plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new()
        {
            FormatVersion = ReportHeader.CurrentVersion,
            PlanId = plan.PlanId,
            CreatedAt = plan.CreatedAt,
            ToolVersion = plan.ToolVersion,
            Actor = plan.Actor,
            Tenant = plan.Tenant,
            Source = plan.Source,
            Origin = plan.Origin,
            Policy = plan.Policy,
            Limits = LimitsEntry.From(plan.Limits),
            Allowances = AllowancesEntry.From(plan.Allowances),
            Masked = false,
            Seal = null,
            Complete = plan.Complete,
            Applyable = plan.Applyable,
            Errored = plan.Errored,
            Summary = SummaryEntry.From(plan),
            Population = plan.Population,
            Guardrails = plan.Guardrails,
            Diagnostics = plan.Diagnostics,
        };
    }

    /// <summary>The document of a run, full values.</summary>
    public static RunDocument From(RunHeader run)
    {
        ArgumentNullException.ThrowIfNull(run);
        PlanDocument plan = From(run.Plan);
        return new()
        {
            FormatVersion = plan.FormatVersion,
            RunId = run.RunId,
            PlanId = plan.PlanId,
            StartedAt = run.StartedAt,
            EndedAt = run.EndedAt,
            ResumedAt = run.ResumedAt,
            Outcome = run.Outcome,
            Resumable = run.Resumable,
            AppliedBy = run.AppliedBy.Length == 0 ? null : run.AppliedBy,
            Approval = run.Approval,
            CreatedAt = plan.CreatedAt,
            ToolVersion = plan.ToolVersion,
            Actor = plan.Actor,
            Tenant = plan.Tenant,
            Source = plan.Source,
            Origin = plan.Origin,
            Policy = plan.Policy,
            Limits = plan.Limits,
            Allowances = plan.Allowances,
            Masked = false,
            Seal = null,
            Complete = plan.Complete,
            Applyable = plan.Applyable,
            Errored = plan.Errored,
            Summary = SummaryEntry.From(run),
            Population = plan.Population,
            Guardrails = plan.Guardrails,
            Diagnostics = [.. run.Diagnostics, .. plan.Diagnostics.Where(d => !run.Diagnostics.Contains(d))],
        };
    }

    /// <summary>The plan's head that a document shows.</summary>
    /// <exception cref="JsonException">A limit is not spelled as limits are.</exception>
    public static PlanHeader ToHead(PlanDocument plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new()
        {
            PlanId = plan.PlanId,
            CreatedAt = plan.CreatedAt,
            ToolVersion = plan.ToolVersion,
            Actor = plan.Actor,
            Tenant = plan.Tenant,
            Source = plan.Source,
            Origin = plan.Origin,
            Policy = plan.Policy,
            Limits = plan.Limits.ToLimits() ?? throw new JsonException("limits: a value is neither a count, a percentage, count|percentage nor none."),
            Allowances = (plan.Allowances ?? new()).ToAllowances(),
            Errored = plan.Errored,
            Summary = plan.Summary.ToSummary(),
            Population = plan.Population,
            Forecast = plan.Summary.Forecast,
            Guardrails = plan.Guardrails,
            Diagnostics = plan.Diagnostics,
        };
    }
}
