using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>The document <c>history</c>: all that was decided and done for one user, newest run first (docs/documents.md#history).</summary>
public sealed record HistoryDocument
{
    public const string KindName = "history";

    public string Kind { get; init; } = KindName;

    public string FormatVersion { get; init; } = ReportHeader.CurrentVersion;

    /// <summary>As it was asked for.</summary>
    public required string User { get; init; }

    /// <summary>Whether numbers, addresses and names of devices are hidden.</summary>
    public required bool Masked { get; init; }

    public required ImmutableArray<HistoryEntry> Runs { get; init; }

    /// <summary>The runs of <c>readiness</c> in which the user's band changed, oldest first; absent where people are not kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ReadinessPoint>? Readiness { get; init; }

    public static HistoryDocument From(string user, IEnumerable<PastUser> newestFirst, KeyedDigests digests, bool reveal) => new()
    {
        User = user,
        Masked = !reveal,
        Runs = [.. newestFirst.Select(past => HistoryEntry.From(past, digests, reveal))],
    };
}

/// <summary>A run of <c>readiness</c> in which a person's band was another than before; its names are stored.</summary>
/// <param name="RunId">The run.</param>
/// <param name="At">When it was.</param>
/// <param name="Band"><c>?</c>, <c>B0</c>, <c>B0v</c>, <c>B1</c> to <c>B5</c>, <c>N</c>.</param>
public sealed record ReadinessPoint(string RunId, DateTimeOffset At, string Band);

/// <summary>The user in one run.</summary>
public sealed record HistoryEntry
{
    public required string RunId { get; init; }

    public required string PlanId { get; init; }

    public required TenantIdentity Tenant { get; init; }

    public required SourceIdentity Source { get; init; }

    /// <summary>What its plan was made from.</summary>
    public required PlanOrigin Origin { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it runs.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Of the run as a whole.</summary>
    public required RunOutcome RunOutcome { get; init; }

    /// <summary>Who made the plan.</summary>
    public required string PlannedBy { get; init; }

    /// <summary>Who applied it; null where that was not written down.</summary>
    public required string? AppliedBy { get; init; }

    /// <summary>The approval that let the run begin; null when none was needed.</summary>
    public required Approval? Approval { get; init; }

    /// <summary>What was decided and done.</summary>
    public required UserEntry Entry { get; init; }

    public static HistoryEntry From(PastUser past, KeyedDigests digests, bool reveal)
    {
        ArgumentNullException.ThrowIfNull(past);
        UserEntry entry = UserEntries.From(LeftUsers.Settle(past.User, past.Run), digests);
        return new()
        {
            RunId = past.Run.RunId,
            PlanId = past.Run.Plan.PlanId,
            Tenant = past.Run.Plan.Tenant,
            Source = past.Run.Plan.Source,
            Origin = past.Run.Plan.Origin,
            StartedAt = past.Run.StartedAt,
            EndedAt = past.Run.EndedAt,
            RunOutcome = past.Run.Outcome,
            PlannedBy = past.Run.Plan.Actor,
            AppliedBy = past.Run.AppliedBy.Length == 0 ? null : past.Run.AppliedBy,
            Approval = past.Run.Approval,
            Entry = reveal ? entry : Masking.Mask(entry, digests),
        };
    }
}
