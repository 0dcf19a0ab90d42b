using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>The document <c>runs</c>: the history, newest first (docs/documents.md#runs).</summary>
public sealed record RunsDocument
{
    public const string KindName = "runs";

    public string Kind { get; init; } = KindName;

    public string FormatVersion { get; init; } = ReportHeader.CurrentVersion;

    public required ImmutableArray<RunsEntry> Runs { get; init; }

    public static RunsDocument From(IEnumerable<RunHeader> newestFirst) => new() { Runs = [.. newestFirst.Select(RunsEntry.From)] };
}

/// <summary>One run of the history.</summary>
public sealed record RunsEntry
{
    public required string RunId { get; init; }

    public required string PlanId { get; init; }

    public required TenantIdentity Tenant { get; init; }

    public required SourceIdentity Source { get; init; }

    /// <summary>Addition: what the plan was made from.</summary>
    public required PlanOrigin Origin { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it runs.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    public required RunOutcome Outcome { get; init; }

    public required SummaryEntry Summary { get; init; }

    public required bool Resumable { get; init; }

    public static RunsEntry From(RunHeader run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new()
        {
            RunId = run.RunId,
            PlanId = run.Plan.PlanId,
            Tenant = run.Plan.Tenant,
            Source = run.Plan.Source,
            Origin = run.Plan.Origin,
            StartedAt = run.StartedAt,
            EndedAt = run.EndedAt,
            Outcome = run.Outcome,
            Summary = SummaryEntry.From(run),
            Resumable = run.Resumable,
        };
    }
}
