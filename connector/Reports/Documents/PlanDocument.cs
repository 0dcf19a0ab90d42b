using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>The document <c>plan</c> without its users (design 8).</summary>
public sealed record PlanDocument : ReportHead
{
    public const string KindName = "plan";

    [JsonPropertyOrder(-20)]
    public override string Kind { get; init; } = KindName;

    /// <summary>Addition: seals of second persons, each sealed on its own; the plan's seal does not cover them. Null when there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<Approval>? Approvals { get; init; }
}
