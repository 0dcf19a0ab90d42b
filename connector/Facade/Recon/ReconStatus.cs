using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>A reconciliation at one moment: what its status object is written from, and what is kept of it beside its run.</summary>
internal sealed record ReconStatus
{
    public required string Id { get; init; }

    public required string Mapping { get; init; }

    public required string Source { get; init; }

    /// <summary>Name of the tenant; who does not see it does not see the reconciliation.</summary>
    public required string Tenant { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Null while it is active.</summary>
    public DateTimeOffset? Ended { get; init; }

    public ReconState State { get; init; }

    public ReconStage Stage { get; init; }

    /// <summary>Only planned.</summary>
    public bool IsAnalysis { get; init; }

    /// <summary>The one row asked for, in what earlier versions kept; null: all, or see <see cref="SourceIds"/>.</summary>
    public string? SourceId { get; init; }

    /// <summary>The rows asked for (<c>reconById</c>); none: all.</summary>
    public ImmutableArray<string> SourceIds { get; init; } = [];

    public Progress SourceRows { get; init; } = new(0, null);

    public Progress Targets { get; init; } = new(0, null);

    public long Updated { get; init; }

    public long Unchanged { get; init; }

    /// <summary>By <see cref="ReconSituations.Name"/>; those without rows may be left out.</summary>
    public ImmutableSortedDictionary<string, long> Situations { get; init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    public long Succeeded { get; init; }

    public long Failures { get; init; }

    /// <summary>Milliseconds by metric.</summary>
    public ImmutableSortedDictionary<string, double> Durations { get; init; } = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>Why it did not come to its end, and what to do; what to know of it otherwise. Null: nothing.</summary>
    public string? Message { get; init; }

    /// <summary>How far something is.</summary>
    /// <param name="Processed">Done.</param>
    /// <param name="Total">All there is; null while no one knows.</param>
    internal sealed record Progress(long Processed, long? Total);

    /// <summary>With what the plan came to.</summary>
    public ReconStatus Planned(Summary summary, ReconCounts counts) => this with
    {
        SourceRows = new Progress(summary.Users, summary.Users),
        Targets = new Progress(0, summary.Changed),
        Situations = counts.Situations.ToImmutableSortedDictionary(s => s.Key.Name(), s => s.Value, StringComparer.Ordinal),
        Succeeded = summary.Users - counts.Troubled,
        Failures = counts.Troubled,
        Unchanged = summary.Users - summary.Changed,
    };

    /// <summary>With what became of the run.</summary>
    public ReconStatus With(RunHeader run)
    {
        OutcomeCounts outcomes = run.Outcomes;
        long users = run.Plan.Summary.Users;
        long troubled = Math.Max(0, Situations.Values.Sum() - Succeeded);
        long failures = Math.Min(users, troubled + outcomes.Total - outcomes.Done);
        ReconState state = StateOf(run.Outcome);
        return this with
        {
            State = state,
            Stage = state.End(),
            Ended = run.EndedAt,
            Message = ReconMessages.Describe(run),
            Targets = new Progress(outcomes.Total, run.Plan.Summary.Changed),
            Updated = outcomes.Done,
            Unchanged = users - outcomes.Done,
            Succeeded = users - failures,
            Failures = failures,
        };
    }

    private static ReconState StateOf(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Running => ReconState.Active,
        // As OpenIDM has it: a reconciliation that came to its end is a success; what failed of its entries stands in statusSummary.
        RunOutcome.Succeeded or RunOutcome.Partial => ReconState.Success,
        RunOutcome.Interrupted => ReconState.Canceled,
        RunOutcome.Blocked or RunOutcome.Failed => ReconState.Failed,
    };
}
