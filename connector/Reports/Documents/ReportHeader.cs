using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>
/// What the documents <c>plan</c> and <c>run</c> have in common: everything except their users (docs/documents.md#plan). A closed
/// family. Additions to the published properties are allowed within a major version; the additions are marked.
/// </summary>
public abstract record ReportHeader
{
    /// <summary>The version this program writes. A reader understands every version with the same major number.</summary>
    public const string CurrentVersion = "1.0";

    private protected ReportHeader()
    {
    }

    /// <summary><c>plan</c> or <c>run</c>.</summary>
    [JsonPropertyOrder(-20)]
    public abstract string Kind { get; init; }

    [JsonPropertyOrder(-19)]
    public required string FormatVersion { get; init; }

    [JsonPropertyOrder(-17)]
    public required string PlanId { get; init; }

    /// <summary>When the plan was made.</summary>
    [JsonPropertyOrder(-10)]
    public required DateTimeOffset CreatedAt { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary>Who made it: <c>user@host</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>Addition: <c>isSandbox</c>.</summary>
    public required TenantIdentity Tenant { get; init; }

    /// <summary>Additions: <c>delta</c>, <c>census</c> (what it held, counted).</summary>
    public required SourceIdentity Source { get; init; }

    /// <summary>Addition: what the plan was made from. A document of an earlier version gets it when it is read.</summary>
    public required PlanOrigin Origin { get; init; }

    /// <summary>The policy in force; names as in the configuration.</summary>
    public required PlanningPolicy Policy { get; init; }

    /// <summary>The limits in force; values as in the configuration.</summary>
    public required LimitsEntry Limits { get; init; }

    /// <summary>Addition: what was allowed for this run.</summary>
    public AllowancesEntry? Allowances { get; init; }

    /// <summary>Whether numbers, addresses and names of devices are hidden. A masked document cannot be applied.</summary>
    public required bool Masked { get; init; }

    /// <summary>Keyed digest over everything else; null where the document was not saved for applying.</summary>
    public required string? Seal { get; init; }

    /// <summary>No one is <c>notRead</c>.</summary>
    public required bool Complete { get; init; }

    /// <summary>No guardrail blocks.</summary>
    public required bool Applyable { get; init; }

    /// <summary>Planning stopped before its end.</summary>
    public required bool Errored { get; init; }

    public required SummaryEntry Summary { get; init; }

    /// <summary>Addition: what percentages of limits were taken of.</summary>
    public long Population { get; init; }

    public ImmutableArray<GuardrailVerdict> Guardrails { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<Diagnostic> Diagnostics { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Users that have an entry: all but the equal ones.</summary>
    [JsonIgnore]
    public long Entries => Summary.Users - Summary.Equal;
}
