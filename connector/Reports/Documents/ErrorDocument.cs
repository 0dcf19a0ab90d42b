using System.Text.Json.Serialization;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>The document <c>error</c>: the command came to nothing (docs/documents.md#error).</summary>
/// <param name="Code">Machine-readable.</param>
/// <param name="Message">What happened, where and why.</param>
/// <param name="Advice">What to do next.</param>
public sealed record ErrorDocument(string Code, string Message, string Advice)
{
    public const string KindName = "error";

    [JsonPropertyOrder(-2)]
    public string Kind { get; init; } = KindName;

    /// <summary>Addition: as in the other documents.</summary>
    [JsonPropertyOrder(-1)]
    public string FormatVersion { get; init; } = ReportHeader.CurrentVersion;
}
