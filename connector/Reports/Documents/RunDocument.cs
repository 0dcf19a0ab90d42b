using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>The document <c>run</c> without its users (docs/documents.md#run).</summary>
public sealed record RunDocument : ReportHeader
{
    public const string KindName = "run";

    [JsonPropertyOrder(-20)]
    public override string Kind { get; init; } = KindName;

    [JsonPropertyOrder(-18)]
    public required string RunId { get; init; }

    [JsonPropertyOrder(-16)]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it runs.</summary>
    [JsonPropertyOrder(-15)]
    public required DateTimeOffset? EndedAt { get; init; }

    [JsonPropertyOrder(-14)]
    public ImmutableArray<DateTimeOffset> ResumedAt { get; init => field = value.IsDefault ? [] : value; } = [];

    [JsonPropertyOrder(-13)]
    public required RunOutcome Outcome { get; init; }

    /// <summary>Addition: whether <c>resume</c> can go on with it.</summary>
    [JsonPropertyOrder(-12)]
    public bool Resumable { get; init; }

    /// <summary>Addition: who applied the plan; null where that was not written down.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AppliedBy { get; init; }

    /// <summary>Addition: the approval that let the run begin; null when none was needed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Approval? Approval { get; init; }
}
