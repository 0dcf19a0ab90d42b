using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Records;

/// <summary>Everything of a plan except its users (docs/documents.md#plan).</summary>
public sealed record PlanHeader
{
    public required string PlanId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary>Who made it: <c>user@host</c>.</summary>
    public required string Actor { get; init; }

    public required TenantIdentity Tenant { get; init; }

    /// <summary>What it was made from.</summary>
    public required PlanOrigin Origin { get; init; }

    public required SourceIdentity Source { get; init; }

    public required PlanningPolicy Policy { get; init; }

    public required GuardrailLimits Limits { get; init; }

    /// <summary>What was allowed for this run.</summary>
    public Allowances Allowances { get; init; } = Allowances.None;

    /// <summary>No one is <c>notRead</c>.</summary>
    public bool Complete => Summary.NotRead == 0;

    /// <summary>No guardrail blocks.</summary>
    public bool Applyable => !Errored && Guardrails.All(g => g.Verdict != Verdict.Blocked);

    /// <summary>Planning stopped before its end; <see cref="Diagnostics"/> says why.</summary>
    public bool Errored { get; init; }

    public Summary Summary { get; init; } = new();

    /// <summary>What percentages of limits were taken of (docs/safety.md#limits).</summary>
    public long Population { get; init; }

    public Forecast Forecast { get; init; } = new(0, 0, 0);

    public ImmutableArray<GuardrailVerdict> Guardrails { get; init; } = [];

    /// <summary>What concerns the whole file or run.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];
}

/// <summary>Which tenant.</summary>
/// <param name="Name">Name in the configuration.</param>
/// <param name="Id">Tenant id.</param>
/// <param name="Cloud"><c>Global</c>, <c>UsGov</c>, <c>UsGovDod</c> or <c>China</c>.</param>
/// <param name="IsSandbox">Whether it is a sandbox tenant; every output says so.</param>
public sealed record TenantIdentity(string Name, string Id, string Cloud, bool IsSandbox);

/// <summary>Which source, exactly.</summary>
/// <param name="Name">File name or configured name; where there is no list, a name that stands for one.</param>
/// <param name="Sha256">Lower-case hex digest of the bytes read, of a query: of its rows; null where there are none.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="Delta">Whether it holds only changes.</param>
public sealed record SourceIdentity(string Name, string? Sha256, long Rows, bool Delta)
{
    /// <summary>What it held; null for plans that were not made from a source, and until it was read.</summary>
    public SourceCensus? Census { get; init; }
}
