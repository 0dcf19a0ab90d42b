using System.Text.Json.Serialization;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>The document <c>plan</c> without its users (design 8).</summary>
public sealed record PlanDocument : ReportHead
{
    public const string KindName = "plan";

    [JsonPropertyOrder(-20)]
    public override string Kind { get; init; } = KindName;
}
